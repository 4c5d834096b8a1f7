package redact_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/redact"
	"github.com/helmvet/helmvet/internal/values"
)

func parse(src string) *values.Document {
	return values.Parse("v.yaml", []byte(src), values.DefaultLimits)
}

// masked returns the whole file as it may be shown.
func masked(d *values.Document, extra func(lint.Path) bool) string {
	spans := redact.Spans(d, extra)
	var lines []string
	for n := 1; n <= d.Lines(); n++ {
		lines = append(lines, redact.Line(d, n, spans))
	}
	return strings.Join(lines, "\n")
}

func TestLine(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ name, src, want string }{
		{"plain", "password: hunter2 # why\nuser: bob\n", "password: ******* # why\nuser: bob\n"},
		{"quoted", "password: \"hunter2\"\ntoken: 'it''s'\n", "password: \"*******\"\ntoken: '*****'\n"},
		{"number", "pwd: 123456\n", "pwd: ******\n"},
		{"flow", "a: {user: bob, password: ünter2}\n", "a: {user: bob, password: ******}\n"},
		{"capped", "password: " + strings.Repeat("a", 50) + "\n", "password: " + strings.Repeat("*", 32) + "\n"},
		{"references", "password: $DB\nsecretName: a\npasswordKey: b\ntoken: /run/token\napiKey: ${KEY}\n", "password: $DB\nsecretName: a\npasswordKey: b\ntoken: /run/token\napiKey: ${KEY}\n"},
		{"private key", "tls:\n  key: |\n    -----BEGIN PRIVATE KEY-----\n    abc\n\n    -----END PRIVATE KEY-----\nb: 1\n", "tls:\n  key: |\n    ***************************\n    ***\n\n    *************************\nb: 1\n"},
		{"folded", "password: >-\n  hunter2\n  more\nb: 1\n", "password: >-\n  *******\n  ****\nb: 1\n"},
		{"quoted over lines", "password: \"hun\n  ter2\"\nb: 1\n", "password: \"***\n  ****\"\nb: 1\n"},
		{"environment", "env:\n  - name: DB_PASSWORD\n    value: hunter2\n  - name: LEVEL\n    value: info\n", "env:\n  - name: DB_PASSWORD\n    value: *******\n  - name: LEVEL\n    value: info\n"},
		{"block string of YAML", "env: |\n  - name: DB_PASSWORD\n    value: hunter2\n", "env: |\n  - name: DB_PASSWORD\n    value: *******\n"},
		{"folded YAML", "env: >\n  - {name: DB_PASSWORD,\n     value: hunter2}\n", "env: >\n  *********************\n     ***************\n"},
		{"Secret object", "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData:\n  user: bob\n  n: 5\n  later: ${X}\ndata:\n  x: Ym9i\n", "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData:\n  user: ***\n  n: *\n  later: ${X}\ndata:\n  x: ****\n"},
		{"list of objects", "items:\n- apiVersion: v1\n  kind: Secret\n  data: {x: Ym9i}\n- apiVersion: v1\n  kind: ConfigMap\n  data: {x: y}\n", "items:\n- apiVersion: v1\n  kind: Secret\n  data: {x: ****}\n- apiVersion: v1\n  kind: ConfigMap\n  data: {x: y}\n"},
		{"address", "# amqp://u:old@h\nurl: amqp://user:p@ss@host/v # see http://a:b@c\nplain: http://host:8080/a@b\nvar: amqp://u:${PW}@h\n", "# amqp://u:***@h\nurl: amqp://user:****@host/v # see http://a:*@c\nplain: http://host:8080/a@b\nvar: amqp://u:${PW}@h\n"},
		{"anchor", "x: &pw hunter2\npassword: *pw\ny: hunter2\n", "x: &pw *******\npassword: *pw\ny: *******\n"},
		{"lost value", "a: {password: one}\na: {password: two}\n", "a: {password: ***}\na: {password: ***}\n"},
		{"broken file", "a:\n  password: hunter2\n  token: \"abc\" # c\n  secretKey: |\n  apiKey: |\n    abc\n    def\n  user: bob\n  key:value: [\n", "a:\n  password: *******\n  token: *********\n  secretKey: |\n  apiKey: |\n    ***\n    ***\n  user: bob\n  key:value: [\n"},
		{"permissions", "permissions: {id-token: write, deploy-key: s3cr3t}\n", "permissions: {id-token: write, deploy-key: ******}\n"},
		{"nothing", "a: 1\nb: {c: [d]}\n", "a: 1\nb: {c: [d]}\n"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if got := masked(parse(tc.src), nil); got != tc.want {
				t.Errorf("got\n%s\nwant\n%s", got, tc.want)
			}
		})
	}
}

func TestExtra(t *testing.T) {
	t.Parallel()
	extra := func(p lint.Path) bool { return p.HasPrefix(lint.Keys("acl")) }
	got := masked(parse("acl: abc\nb: abc\n"), extra)
	if want := "acl: ***\nb: abc\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	got = masked(parse("acl: {enabled: true, secretName: /a/b, value: zz}\n"), extra)
	if want := "acl: {enabled: true, secretName: /a/b, value: **}\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestNodes(t *testing.T) {
	t.Parallel()
	d := parse("a: {password: abc, user: y}\nenv: |\n  - name: A_TOKEN\n    value: z\ntext: >\n  - name: A_TOKEN\n\n    value: z\n")
	var got []string
	nodes := redact.Nodes(d.Values(), nil)
	d.Values().Walk(nil, func(p lint.Path, n *values.Node) bool {
		if nodes[n] {
			got = append(got, p.String())
		}
		return true
	})
	if want := []string{"a.password", "env", "text"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestText(t *testing.T) {
	t.Parallel()
	if got, want := redact.Text("see amqp://u:pass@h and http://x:y@z, done"), "see amqp://u:****@h and http://x:*@z, done"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestClassify(t *testing.T) {
	t.Parallel()
	literal := []string{
		"password: hunter2", "dbpassword: a", "DB_PASSWORD: abc", "adminPassword: x1", "svcpwd: abc", "userPass: abc", "sshPassphrase: a b c",
		"token: abc", "authToken: abc", "accessToken: abc", "slackToken: abc", "api-key: abc", "apiKey: abc", "API_KEY: abc", "apikey: abc", "awsSecretAccessKey: abc", "secretAccessKey: abc",
		"clientSecret: abc", "client_secret: abc", "jwtSecret: abc", "encryptionKey: abc", "privateKey: abc", "password: a/b", "token: /aB3dE5gH7jK9lM1nO3",
		"secret: kJ8sd7Fh3kLm9QpR2", "secretKey: wJalrXUtnFEMI7K2MDENGbPxRfi", "credentials: 'user:pass'", "password: pa$word", "passwords: [abc def]", "password: secret", "password: default",
	}
	for _, src := range literal {
		if got := classify(t, src); got != redact.Literal {
			t.Errorf("%s: %d, want a literal", src, got)
		}
	}
	open := []string{
		"user: bob", "passwordFile: x", "passwordPolicy: strict", "tokenTTL: 5", "tokenUrl: x", "secretName: a", "existingSecret: a", "imagePullSecret: a", "pullSecret: a", "tlsSecret: a",
		"bypass: abc", "compass: a", "key: abc", "keyName: a", "publicKey: abc", "sortKey: a", "maxTokens: 5", "secretProviderClass: a", "automountServiceAccountToken: abc", "continueToken: a",
		"accessKeyId: a", "monkey: a", "turkey: abc", "passive: abc", "secretKeyRef: a", "kind: Secret", "'http://x/AUTH_TOKEN': AUTH_TOKEN",
	}
	for _, src := range open {
		if got := classify(t, src); got != redact.Open {
			t.Errorf("%s: %d, want it open", src, got)
		}
	}
	reference := []string{
		"password: ''", "password:", "password: true", "password: $X", "password: ${X}", "password: '{{ .Values.x }}'", "password: /run/secrets/password", "password: <password>", "password: changeme",
		"token: vault:secret/a#b", "token: ENC[AES256_GCM]", "token: ref+awsssm://a", "secret: my-secret", "secret: mysecret", "secretKey: password", "credential: aws-cred", "apiKey: op://a/b", "password: '********'",
		"requirePassword: 'yes'", "pwd: none", "proxy_pass: http://backend", "licenseKey: ABC-123",
	}
	for _, src := range reference {
		if got := classify(t, src); got == redact.Literal {
			t.Errorf("%s: a literal, want a reference", src)
		}
	}
	for _, src := range []string{
		"secretKeys: {adminPasswordKey: a, password: postgres-password}",
		"classNames: {a: b}",
		"secretProviderClassNames: {redis_password: keyvault-redis}",
		"auth: {existingSecret: s, password: password-key}",
		"ref: {secretKeyRef: {name: a, key: token}}",
	} {
		if nodes := redact.Nodes(parse(src).Values(), nil); len(nodes) > 0 {
			t.Errorf("%s: holds no secret, but %d were found", src, len(nodes))
		}
	}
}

func classify(t *testing.T, src string) redact.Class {
	t.Helper()
	root := parse(src).Values()
	if root == nil || len(root.Fields) != 1 {
		t.Fatalf("%s: no field", src)
	}
	f := root.Fields[0]
	p := lint.Keys(f.Key)
	if f.Value.Kind == values.List {
		return redact.Classify(p.Index(0), nil, f.Value.Items[0])
	}
	return redact.Classify(p, root, f.Value)
}

func FuzzLine(f *testing.F) {
	for _, s := range []string{"password: a\n", "a: |\n  - password: x\n", "x: http://a:b@c\n", "token: \"a\n b\"\n", "password: [\n", "apiVersion: v1\nkind: Secret\ndata: {a: \"é\n\"}\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		d := parse(src)
		spans := redact.Spans(d, func(p lint.Path) bool { return len(p) == 3 })
		for i, s := range spans {
			if s.Line < 1 || s.EndLine != s.Line || s.EndCol <= s.Column {
				t.Errorf("bad span %+v", s)
			}
			if i > 0 && (spans[i-1].Line > s.Line || spans[i-1].Line == s.Line && spans[i-1].EndCol > s.Column) {
				t.Errorf("spans out of order: %+v", spans)
			}
		}
		for n := 0; n <= d.Lines()+1; n++ {
			redact.Line(d, n, spans)
		}
	})
}
