//go:build integration

package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"html"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

var htmlFiles = map[string]string{
	"base.yaml":  "tenantid: 9350e2fc-a1dd-1c65-8d40-1f75a2e00100\nimages:\n  tenant:\n    tag: 100.0.1000076\n  pgdbInit:\n    tag: 100.0.1000067\n    enable: true\n",
	"west.yaml":  "images:\n  pgdbInit:\n    tag: 100.0.1000068\n",
	"other.yaml": "motto: \"<b>no markup</b>\"\nmode: 1\nmode: 2\n",
	".helmvet.yaml": `releases:
  - {name: t0100, location: westus2, chart: {name: tenant}, values: [base.yaml, west.yaml]}
  - {name: t0100, location: eastus, chart: {name: tenant}, values: [base.yaml]}
  - {name: web, values: [other.yaml]}
`,
}

// TestIntegrationHTML looks at the report with a browser: with and without
// JavaScript, wide and narrow, light and dark.
func TestIntegrationHTML(t *testing.T) {
	browser, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("chromium is not installed, so nobody looks at the HTML report (apt-get install chromium)")
	}
	dir := t.TempDir()
	t.Chdir(dir)
	for name, text := range htmlFiles {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	run(t, 1, "lint", "--output", "html=report.html")
	data, err := os.ReadFile("report.html")
	if err != nil {
		t.Fatal(err)
	}
	page := string(data)
	c := chromium{t, browser, dir}

	t.Run("nothing is refused", func(t *testing.T) {
		dom, log := c.load("report.html", "")
		if strings.Contains(log, "Content Security Policy") || strings.Contains(log, "CONSOLE") {
			t.Errorf("the browser complains:\n%s", log)
		}
		total := strings.Count(page, "<article class=\"finding")
		if total < 5 || !strings.Contains(dom, `<form id="filter">`) {
			t.Errorf("the script of the page did not run; %d findings", total)
		}
	})
	t.Run("filters", func(t *testing.T) {
		var got struct{ All, Errors, Rule, Release, Text, Files float64 }
		c.probe(page, "", `
			const form = document.getElementById("filter"), shown = () => document.querySelectorAll(".finding:not([hidden])").length;
			const set = (name, value) => { form.elements[name].value = value; form.dispatchEvent(new Event("input")); const n = shown(); form.elements[name].value = ""; form.dispatchEvent(new Event("input")); return n; };
			const out = {all: shown()};
			for (const box of form.querySelectorAll("[name=severity]:not([value=error])")) box.checked = false;
			form.dispatchEvent(new Event("input"));
			out.errors = shown();
			out.files = document.querySelectorAll(".file:not([hidden])").length;
			for (const box of form.querySelectorAll("[name=severity]")) box.checked = true;
			out.rule = set("rule", "genesys-tenant/image-version");
			out.release = set("release", "t0100 at eastus");
			out.text = set("text", "STANDS TWICE");
			return out;`, &got)
		errors := float64(strings.Count(page, `<article class="finding error"`))
		if got.All <= got.Errors || got.Errors != errors || got.Rule != 2 || got.Text != 1 || got.Release < 2 || got.Release >= got.All || got.Files < 2 {
			t.Errorf("filters show %+v; the page has %v errors", got, errors)
		}
	})
	t.Run("pages", func(t *testing.T) {
		look := `
			const seen = s => Array.from(document.querySelectorAll(s)).filter(e => e.checkVisibility()).map(e => e.id).join(" ");
			return {seen: seen("section[id]"), open: Array.from(document.querySelectorAll("details[open]")).map(e => e.id).join(" ")};`
		var got struct{ Seen, Open string }
		c.probe(page, "", look, &got)
		if got.Seen != "findings releases rules" || got.Open != "" {
			t.Errorf("at first %+v is shown", got)
		}
		c.probe(page, "#r2", look, &got)
		if got.Seen != "r2" {
			t.Errorf("#r2 shows %q", got.Seen)
		}
		value := regexp.MustCompile(`<details class="c2" id="(r1-\d+)">`).FindStringSubmatch(page)
		if value == nil {
			t.Fatal("no value of the second layer can be opened")
		}
		c.probe(page, "#"+value[1], look, &got)
		if got.Seen != "r1" || got.Open != value[1] {
			t.Errorf("#%s shows %+v", value[1], got)
		}
	})
	t.Run("without JavaScript", func(t *testing.T) {
		bare := regexp.MustCompile(`(?s)<script>.*?</script>`).ReplaceAllString(page, "")
		if err := os.WriteFile("bare.html", []byte(bare), 0o600); err != nil {
			t.Fatal(err)
		}
		dom, _ := c.load("bare.html", "")
		if !strings.Contains(dom, `<form id="filter" hidden="">`) || !strings.Contains(dom, "&lt;b&gt;no markup&lt;/b&gt;") {
			t.Error("without its script the page offers filters, or lacks a finding")
		}
	})
	t.Run("names", func(t *testing.T) {
		var got struct{ Bad []string }
		c.probe(page, "", `
			const bad = [];
			for (const e of document.querySelectorAll("input,select")) if (!e.labels.length) bad.push("no label: " + e.name);
			for (const e of document.querySelectorAll("[id]")) if (document.querySelectorAll("#" + CSS.escape(e.id)).length > 1) bad.push("twice: " + e.id);
			for (const e of document.querySelectorAll("a[href^='#']")) if (!document.getElementById(e.hash.slice(1))) bad.push("leads nowhere: " + e.hash);
			let last = 0;
			for (const e of document.querySelectorAll("h1,h2,h3,h4")) { const n = +e.tagName[1]; if (n > last + 1) bad.push("skips a level: " + e.textContent); last = n; }
			return {bad};`, &got)
		if len(got.Bad) > 0 {
			t.Errorf("%q", got.Bad)
		}
	})
	t.Run("narrow", func(t *testing.T) {
		for _, at := range []string{"", "#r1"} {
			var got struct{ Width, Inner float64 }
			c.probe(page, at, `return {width: document.documentElement.scrollWidth, inner: innerWidth};`, &got, "--window-size=500,900")
			if got.Width > got.Inner {
				t.Errorf("the page is %v wide in a window of %v", got.Width, got.Inner)
			}
		}
	})
	t.Run("screenshots", func(t *testing.T) {
		to := os.Getenv("HELMVET_SCREENSHOTS")
		if to == "" {
			to = dir
		}
		for name, flags := range map[string][]string{
			"light": {"--window-size=1280,1600"}, "dark": {"--window-size=1280,1600", "--force-dark-mode"}, "narrow": {"--window-size=500,1600"},
		} {
			file := filepath.Join(to, name+".png")
			c.run(append(flags, "--hide-scrollbars", "--screenshot="+file, "file://"+filepath.Join(dir, "report.html"))...)
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			img, err := png.Decode(bytes.NewReader(data))
			if err != nil {
				t.Fatal(err)
			}
			r, g, b, _ := img.At(2, 2).RGBA()
			if dark := r+g+b < 3*0x8000; dark != (name == "dark") {
				t.Errorf("%s: the background is dark: %t", name, dark)
			}
		}
	})
}

type chromium struct {
	t    *testing.T
	path string
	dir  string
}

// run runs the browser without a window; root may not use its sandbox.
func (c chromium) run(args ...string) (stdout, stderr string) {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	args = append([]string{"--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--user-data-dir=" + filepath.Join(c.dir, "profile")}, args...)
	cmd := exec.CommandContext(ctx, c.path, args...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		c.t.Fatalf("chromium: %v\n%s", err, errs.String())
	}
	return out.String(), errs.String()
}

// load returns the page after its script ran, and what the browser logged.
func (c chromium) load(file, at string, flags ...string) (dom, log string) {
	c.t.Helper()
	return c.run(append(flags, "--enable-logging=stderr", "--virtual-time-budget=5000", "--dump-dom", "file://"+filepath.Join(c.dir, file)+at)...)
}

// probe runs a function's body in the page, which must not forbid it, and reads
// what it returns.
func (c chromium) probe(page, at, body string, into any, flags ...string) {
	c.t.Helper()
	page = regexp.MustCompile(`<meta http-equiv="Content-Security-Policy"[^>]*>`).ReplaceAllString(page, "")
	page = strings.Replace(page, "</body>", `<script>addEventListener("load", () => { const r = (() => {`+body+`})(); document.body.innerHTML = "<pre id=probe></pre>"; document.getElementById("probe").textContent = JSON.stringify(r); });</script></body>`, 1)
	if err := os.WriteFile(filepath.Join(c.dir, "probe.html"), []byte(page), 0o600); err != nil {
		c.t.Fatal(err)
	}
	dom, log := c.load("probe.html", at, flags...)
	m := regexp.MustCompile(`(?s)<pre id="probe">(.*?)</pre>`).FindStringSubmatch(dom)
	if m == nil {
		c.t.Fatalf("the probe did not run:\n%s", log)
	}
	if err := json.Unmarshal([]byte(html.UnescapeString(m[1])), into); err != nil {
		c.t.Fatal(err)
	}
}
