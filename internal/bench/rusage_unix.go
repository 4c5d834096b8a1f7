//go:build unix

package main

import (
	"os"
	"runtime"
	"syscall"
)

// peak is the most memory the process held, in KiB.
func peak(p *os.ProcessState) int64 {
	u, ok := p.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	if runtime.GOOS == "darwin" {
		return int64(u.Maxrss) >> 10
	}
	return int64(u.Maxrss)
}
