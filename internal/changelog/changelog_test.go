package changelog_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/helmvet/helmvet/internal/changelog"
)

// lines writes what was read, one entry a line.
func lines(l *changelog.Log) string {
	var b strings.Builder
	for _, e := range l.Entries {
		fmt.Fprintf(&b, "%s:%d: %s %s", e.Version, e.Line, e.Section, e.Path)
		if e.Replacement != "" {
			fmt.Fprintf(&b, " -> %s", e.Instead)
		}
		b.WriteByte('\n')
	}
	for _, u := range l.Unread {
		fmt.Fprintf(&b, "%s:%d: unread %s: %s\n", u.Version, u.Line, u.Section, u.Text)
	}
	return b.String()
}

func TestParse(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ text, want string }{
		"list below a sentence": {
			"# Changelog\n\n## 4.1.0\n\nThe following values have been removed:\n* ```mzOperator.clusterWide```\n* ```jmx.remote```\n\nThe following values have been deprecated:\n- `debug.log.level.jetty` (use `log.jetty` instead)\n\n## 4.0.0\nThe following values have been added:\n* `new.key`\n",
			"4.1.0:6: removed mzOperator.clusterWide\n4.1.0:7: removed jmx.remote\n4.1.0:10: deprecated debug.log.level.jetty -> log.jetty\n4.0.0:14: added new.key\n",
		},
		"a list without keys": {
			"## 4.1.0\nThe following values have been removed:\n\n* see the release notes\n\nThe following values have been changed:\n* `a.b`\n",
			"4.1.0:7: changed a.b\n4.1.0:2: unread removed: The following values have been removed:\n",
		},
		"keep a changelog": {
			"# Changelog\n## [Unreleased]\n### Removed\n- `soon.gone`\n## [2.0.0] - 2026-01-31\n### Removed\n- `old.key`: nobody used it\n- Support for Kubernetes 1.20\n- The `kubectl` image is not pulled by `hooks.enabled` any more\n- **BREAKING**: `other.key` and `third.key` have been removed\n### Changed\n- Renamed `a.b` to `a.c`\n- `x.y` is renamed to `x.z`\n- `m.n` has been moved to `o.n`\n- `image.tag` default from 1 to 2\n- update `postgresql` to 15\n### Deprecated\n- `legacy.flag` in favor of `modern.flag`\n### Added\n- `fresh.key`\n",
			":4: removed soon.gone\n2.0.0:7: removed old.key\n2.0.0:10: removed other.key\n2.0.0:10: removed third.key\n2.0.0:12: renamed a.b -> a.c\n2.0.0:13: renamed x.y -> x.z\n2.0.0:14: moved m.n -> o.n\n2.0.0:18: deprecated legacy.flag -> modern.flag\n2.0.0:20: added fresh.key\n",
		},
		"release notes": {
			"## What's Changed in the chart\n### v1.4.0\n* Remove `controller.legacy` by @someone in #12\n* feat: replace `ingress.tls` with `ingress.certificates`\n* `service.port` → `service.ports.http`\n* `auth.newUser` replaces `auth.user`\n* fix a bug in `templates/service.yaml`\n",
			"1.4.0:3: removed controller.legacy\n1.4.0:4: renamed ingress.tls -> ingress.certificates\n1.4.0:6: renamed auth.user -> auth.newUser\n",
		},
		"ways to write a key": {
			"## 2.0.0\nThe following keys have been removed:\n- `.Values.a.b`\n- `list[0].name`\n- `podAnnotations.\"prometheus.io/scrape\"`\n- `c.d: true`\n- `e.f=1`\n- `g.h.*`\n- `k\\.l.m`\n- `n[\"o.p\"]`\n- `values.yaml`\n- `not a key`\n",
			"2.0.0:3: removed a.b\n2.0.0:4: removed list[0].name\n2.0.0:5: removed podAnnotations.prometheus\\.io/scrape\n2.0.0:6: removed c.d\n2.0.0:7: removed e.f\n2.0.0:8: removed g.h\n2.0.0:9: removed k\\.l.m\n2.0.0:10: removed n.o\\.p\n",
		},
		"table": {
			"## 3.0.0\n### Renamed values\n\n| Old | New |\n|---|---|\n| `a` | `b.a` |\n| `c` | |\n",
			"3.0.0:6: renamed a -> b.a\n3.0.0:7: renamed c\n",
		},
		"from one version to another": {
			"# Upgrading Steps\n\n## `v6.X.X` → `v7.0.0`\n\n__The following values have been MOVED:__\n\n| 6.x.x | 7.x.x |\n| --- | --- |\n| `app.webReplicas` | `web.replicas` |\n| `app.service.*` | `web.service.*` |\n\n__If you use an EXTERNAL database, some configs have changed:__\n\n| 6.x.x | 7.x.x | Notes |\n| --- | --- | --- |\n| `N/A` | `db.type` | |\n| `pg.password` | `N/A` | |\n| `pg.host` | `db.host` | |\n\n__The following values have CHANGED DEFAULTS:__\n* `dags.mode`:\n  * `A` --> `B`\n\n__The following values have been SPLIT:__\n\n* `web.delay`:\n  * --> `web.ready.delay`\n  * --> `web.live.delay`\n\n__The following values have been REMOVED:__\n\n* `pg.port`:\n  * nobody changes `db.port`\n",
			"7.0.0:9: moved app.webReplicas -> web.replicas\n7.0.0:10: moved app.service -> web.service\n7.0.0:17: removed pg.password\n7.0.0:18: renamed pg.host -> db.host\n7.0.0:26: removed web.delay\n7.0.0:32: removed pg.port\n",
		},
		"code and comments are no announcements": {
			"## 1.0.0\n<!-- ### Removed\n- `a.b` -->\n\n```yaml\n- `c.d`\n```\n",
			"",
		},
		"prose": {
			"## 1.0.0\n### Removed\nWe removed code. Set `a.b` as before.\n### Fixed\n- `x.y` works again\n- crash when `z` was not set\n",
			"",
		},
		"defaults are no keys": {
			"## 1.0.0\n### Removed\n- default for `image.tag`\n- Removed the default value of `resources`\n",
			"1.0.0:3: changed image.tag\n1.0.0:4: changed resources\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if d := cmp.Diff(tc.want, lines(changelog.Parse("CHANGELOG.md", []byte(tc.text)))); d != "" {
				t.Errorf("want -, got +:\n%s", d)
			}
		})
	}
}

func TestSince(t *testing.T) {
	t.Parallel()
	l := changelog.Parse("C", []byte("## Unreleased\n### Removed\n- `e`\n## 2.1.0\n### Removed\n- `a`\n## 2.0.0\n### Removed\n- `b`\n## 1.0.0\n### Removed\n- `c`\n"))
	for _, tc := range []struct{ from, to, want string }{
		{"1.0.0", "2.0.0", ":3: removed e\n2.0.0:9: removed b\n"},
		{"2.0.0", "2.1.0", ":3: removed e\n2.1.0:6: removed a\n"},
		{"", "1.5.0", ":3: removed e\n1.0.0:12: removed c\n"},
		{"1.5.0", "", ":3: removed e\n2.1.0:6: removed a\n2.0.0:9: removed b\n"},
	} {
		if got := lines(l.Since(tc.from, tc.to)); got != tc.want {
			t.Errorf("%s to %s:\n%swant\n%s", tc.from, tc.to, got, tc.want)
		}
	}
}

func TestAnnotation(t *testing.T) {
	t.Parallel()
	l, err := changelog.ParseAnnotation("Chart.yaml", "2.0.0", "- kind: removed\n  description: \"`a.b` in favour of `a.c`\"\n- kind: security\n  description: \"fixes `x`\"\n- \"Renamed `d` to `e`\"\n")
	if err != nil {
		t.Fatal(err)
	}
	if got, want := lines(l), "2.0.0:0: removed a.b -> a.c\n2.0.0:0: renamed d -> e\n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if _, err := changelog.ParseAnnotation("Chart.yaml", "2.0.0", "a: b"); err == nil {
		t.Error("a mapping is no list of changes")
	}
}

func FuzzParse(f *testing.F) {
	f.Add("## 4.1.0\nThe following values have been removed:\n* ```a.b```\n")
	f.Add("### Removed\n- `a[0].b` -> `c`\n\n| old | new |\n|--|--|\n| `a` | `b` |\n")
	f.Add("> ## 1.0.0\n> - removed `a\\.b`, `c` and `d.\"e.f\"`\n")
	f.Fuzz(func(t *testing.T, text string) {
		l := changelog.Parse("C", []byte(text))
		n := strings.Count(text, "\n") + 1
		for _, e := range l.Entries {
			if len(e.Path) == 0 || e.Key == "" || e.Section == "" || e.Line < 1 || e.Line > n {
				t.Fatalf("entry %+v of %q", e, text)
			}
		}
		for _, u := range l.Unread {
			if u.Line < 1 || u.Line > n {
				t.Fatalf("unread %+v of %q", u, text)
			}
		}
	})
}
