// Command helmvet checks Helm values before they are deployed.
package main

import (
	"os"

	"github.com/helmvet/helmvet/internal/app"
)

func main() { os.Exit(app.Main()) }
