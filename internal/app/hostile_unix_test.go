//go:build unix

package app_test

import (
	"os"
	"runtime"
	"syscall"
)

// memory is the most that a process had, in bytes.
func memory(s *os.ProcessState) int64 {
	u, ok := s.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	if runtime.GOOS == "darwin" {
		return u.Maxrss
	}
	return u.Maxrss << 10
}
