// Command write writes a repository with many releases:
//
//	go run ./testdata/fleet/write -n 200 -locations 2 DIR
package main

import (
	"flag"
	"fmt"
	"os"

	"github.com/helmvet/helmvet/testdata/fleet"
)

func main() {
	n := flag.Int("n", 200, "releases")
	locations := flag.Int("locations", 2, "locations that they are spread over, up to 4")
	flag.Parse()
	if flag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "write: name the folder to write to")
		os.Exit(2)
	}
	if err := fleet.Write(flag.Arg(0), *n, *locations); err != nil {
		fmt.Fprintln(os.Stderr, "write:", err)
		os.Exit(1)
	}
}
