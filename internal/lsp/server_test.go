package lsp_test

import (
	"testing"
)

const tenant = "tenantid: 9350E2FC-a1dd-4c65-8d40-1f75a2e00100\nmotto: yes\n"

func TestDiagnostics(t *testing.T) {
	c := start(t, plain(), object{})
	c.open("file:///x/tenant-values.yaml", tenant)
	t.Logf("%+v", c.wait("file:///x/tenant-values.yaml", 1))
	var h any
	c.call("textDocument/hover", at("file:///x/tenant-values.yaml", 0, 3), &h)
	t.Log(h)
}
