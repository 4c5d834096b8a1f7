// Package fleet writes repositories with many releases of tenants, to measure
// how time and memory grow with them: values in layers that releases share,
// several locations, and a configuration that lists it all.
package fleet

import (
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

//go:embed common.yaml
var common string

// Locations are the names of the locations, as many as a fleet may have.
var Locations = []string{"westus2", "eastus2", "northeurope", "southeastasia"}

// Files returns the files of a repository with n releases at the given number
// of locations: at each one tenant-monitor, and tenants up to n. They hold no
// mistake. Every tenant is at all locations, as far as n allows.
func Files(n, locations int) map[string]string {
	files := map[string]string{"common.yaml": common, "tenant-monitor.yaml": monitor}
	var config strings.Builder
	config.WriteString("releases:\n")
	at := Locations[:min(locations, len(Locations), n)]
	for _, loc := range at {
		files[loc+".yaml"] = fmt.Sprintf(location, loc, at[0], loc)
		fmt.Fprintf(&config, release, "tenant-monitor", loc, "tenant-monitor", "tenant-monitor.yaml")
		n--
	}
	for i := range n {
		loc, sid := at[i%len(at)], fmt.Sprintf("%04x", 0x1000+i/len(at))
		name := "t" + sid
		file := filepath.Join("tenants", name+".yaml")
		files[file] = fmt.Sprintf(tenant, sid, name)
		fmt.Fprintf(&config, release, name, loc, "tenant", "common.yaml, "+loc+".yaml, "+file)
	}
	files[".helmvet.yaml"] = config.String()
	return files
}

// Write writes the files below a folder.
func Write(dir string, n, locations int) error {
	for name, text := range Files(n, locations) {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

const release = `  - name: %s
    namespace: voice
    location: %s
    chart: {name: %s, version: 100.0.1000067}
    values: [%s]
`

const monitor = `global:
  imageRegistry: registry.example.com/genesys
prometheus:
  podMonitor:
    create: "true"
fluent:
  enable: "true"
  rawlogs:
    stdout:
      enable: "true"
  jsonlogs:
    stdout:
      enable: "true"
`

const location = `tenant:
  general:
    location: %s
  consul:
    masterdc: %s
    homedc: %s
  gws:
    envEndpoint: gauth-environment.master.example.com
`

const tenant = `tenantid: 3f0c8d52-6a1e-4b7f-9c25-8e41d7a6%[1]s
tenant:
  deployment:
    nameOverride: tenant-3f0c8d52-6a1e-4b7f-9c25-8e41d7a6%[1]s
  general:
    sipDomain: %[2]s.voice.example.com
  secrets:
    pgdb:
      pwd:
        secretName: /opt/genesys/dbpassword/dbpassword
      volumes: |
        - name: dbpassword
          secret:
            secretName: dbpassword-%[2]s
        - name: dbserver
          secret:
            secretName: dbserver
        - name: dbname
          secret:
            secretName: dbname-%[2]s
        - name: dbuser
          secret:
            secretName: dbuser-%[2]s
      mounts:
        - name: dbpassword
          readOnly: true
          mountPath: /opt/genesys/dbpassword
        - name: dbserver
          readOnly: true
          mountPath: /opt/genesys/dbserver
        - name: dbname
          readOnly: true
          mountPath: /opt/genesys/dbname
        - name: dbuser
          readOnly: true
          mountPath: /opt/genesys/dbuser
volumes: |
  - name: service-user-account
    secret:
      secretName: svcuseraccount-%[2]s
`
