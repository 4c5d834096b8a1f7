// Package redact knows which values are secrets, so that the rules can find
// them in clear text and the output never shows them. The judgement of keys and
// values stands here and nowhere else.
package redact

import (
	"strings"
	"unicode"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/values"
)

// Class says what a scalar is as far as secrets go.
type Class uint8

const (
	// Open values may be shown.
	Open Class = iota
	// Reference values stand under the key of a secret but only lead to it, or
	// wait for it: a placeholder, a path, an address in a vault, nothing at all.
	Reference
	// Literal values are secrets in clear text.
	Literal
)

// Classify judges one scalar by the path that leads to it, the mapping that
// holds it (nil for an item of a list) and its value.
func Classify(path lint.Path, parent, n *values.Node) Class {
	if n == nil || n.Kind == values.Map || n.Kind == values.List {
		return Open
	}
	if n.Kind == values.String && (isPrivateKey(n.Str) || HasPassword(n.Str)) {
		return Literal
	}
	if len(path) == 0 {
		return Open
	}
	key := keyOf(path)
	if last := path.Last(); !last.IsIndex && last.Key == "value" && parent != nil {
		key = nameOf(parent) // an environment variable: {name: DB_PASSWORD, value: ...}
	}
	s := strengthOf(key)
	if s == none || referring(path[:len(path)-1]) || isAccess(path, n) {
		return Open
	}
	if n.Kind == values.Null || n.Kind == values.Bool {
		return Reference
	}
	if n.Kind == values.Number {
		if s == strong && n.Text != "0" && n.Text != "-1" {
			return Literal
		}
		return Reference
	}
	if isReference(n.Str) {
		return Reference
	}
	if s == weak && n.Embedded() != nil {
		return Open
	}
	if parent != nil && namesSecret(parent) && isObjectName(n.Str) {
		return Reference // {existingSecret: x, passwordKey: y, password: z}: the keys of that secret
	}
	if s == weak && (isObjectName(n.Str) && !looksRandom(n.Str) || isProse(n.Str)) {
		return Reference
	}
	return Literal
}

// isAccess takes `permissions: {id-token: write}`, which grants access to a token.
func isAccess(path lint.Path, n *values.Node) bool {
	if len(path) < 2 || n.Kind != values.String || path[len(path)-2].Key != "permissions" {
		return false
	}
	switch n.Str {
	case "read", "write", "none", "admin":
		return true
	}
	return false
}

// keyOf returns the key that names the value: its own, or for an item of a list
// the key of the list.
func keyOf(path lint.Path) string {
	for i := len(path) - 1; i >= 0; i-- {
		if !path[i].IsIndex {
			return path[i].Key
		}
	}
	return ""
}

func nameOf(m *values.Node) string {
	if f := m.Get("name"); f != nil && f.Value.Kind == values.String {
		return f.Value.Str
	}
	return ""
}

// strength tells how surely a key names a secret.
type strength uint8

const (
	none strength = iota
	weak          // may as well hold the name of a Secret: `secret`, `credential`
	strong
)

// IsSecretKey reports whether values under a key of that name are secrets
// whatever they look like, unless they refer to one.
func IsSecretKey(key string) bool { return strengthOf(key) == strong }

var stems = [...]string{"pass", "pwd", "token", "secret", "key", "cred"}

func strengthOf(key string) strength {
	if !containsStem(key) || strings.Contains(key, "://") {
		return none
	}
	var buf [8]string
	w := splitWords(buf[:0], key)
	if len(w) == 0 {
		return none
	}
	last, before := w[len(w)-1], ""
	if len(w) > 1 {
		before = w[len(w)-2]
	}
	switch last {
	case "password", "passwd", "passphrase", "pwd", "pass", "passcode":
		return strong
	case "token":
		switch before {
		case "continue", "page", "next", "bos", "eos", "pad":
			return none
		}
		if w[0] == "automount" {
			return none
		}
		return strong
	case "key":
		switch before {
		case "api", "access", "private", "encryption", "encrypt", "signing", "master", "shared", "account", "storage", "subscription", "deploy", "instrumentation", "hmac", "cookie":
			return strong
		case "secret":
			if len(w) > 2 && w[len(w)-3] == "aws" {
				return strong
			}
			return weak
		case "license":
			return weak // the documented way to hand it over
		}
		return none
	case "secret":
		switch before {
		case "client", "consumer", "shared", "jwt", "cookie", "hmac", "signing":
			return strong
		case "pull", "existing", "tls", "cert", "certificate", "ca":
			return none
		}
		return weak
	case "secrets":
		if before == "pull" {
			return none
		}
		return weak
	case "secretkey", "credential", "credentials", "creds", "passwords":
		return weak
	}
	// Words that run together: dbpassword, svcpassword, keystorepass, authtoken.
	for _, s := range [...]string{"password", "passwd", "passphrase", "pwd", "token", "apikey", "accesskey", "privatekey", "clientsecret"} {
		if strings.HasSuffix(last, s) {
			return strong
		}
	}
	return none
}

func containsStem(key string) bool {
	for i := range len(key) {
		c := key[i] | 0x20
		for _, s := range stems {
			if c == s[0] && len(key)-i >= len(s) && strings.EqualFold(key[i:i+len(s)], s) {
				return true
			}
		}
	}
	return false
}

// splitWords appends the lower-case words of a key, at camel humps and at
// anything that is no letter or digit.
func splitWords(words []string, key string) []string {
	start := -1
	flush := func(end int) {
		if start >= 0 && start < end {
			words = append(words, strings.ToLower(key[start:end]))
		}
		start = -1
	}
	for i := 0; i < len(key); i++ {
		c := key[i]
		switch {
		case !isAlnum(c):
			flush(i)
			continue
		case start < 0:
			start = i
			continue
		}
		hump := isUpper(c) && (!isUpper(key[i-1]) || i+1 < len(key) && isLower(key[i+1]))
		if hump {
			flush(i)
			start = i
		}
	}
	flush(len(key))
	return words
}

func isUpper(c byte) bool { return c >= 'A' && c <= 'Z' }
func isLower(c byte) bool { return c >= 'a' && c <= 'z' }
func isDigit(c byte) bool { return c >= '0' && c <= '9' }
func isAlnum(c byte) bool { return isUpper(c) || isLower(c) || isDigit(c) || c >= 0x80 }

// referring reports whether the value lies in a mapping of references, such as
// secretKeyRef or secretKeys, whose scalars are names.
func referring(parents lint.Path) bool {
	for _, s := range parents {
		k := s.Key
		for _, end := range [...]string{"Ref", "Refs", "_ref", "_refs", "Names", "_names", "Selector"} {
			if strings.HasSuffix(k, end) {
				return true
			}
		}
		switch k {
		case "secretKeys", "existingSecretKeys", "secretKeyNames", "secretKeyMapping", "secretKeysMapping", "keyMapping", "secretNames", "annotations", "labels":
			return true
		}
	}
	return false
}

// namesSecret reports whether the mapping refers to a Secret object, so that
// what stands beside it are keys of that object.
func namesSecret(m *values.Node) bool {
	for _, k := range [...]string{"secretName", "existingSecret", "existingSecretName", "secretRef", "secretKeyRef", "existingSecretRef"} {
		if f := m.Get(k); f != nil && f.Value.Kind != values.Null && (f.Value.Kind != values.String || f.Value.Str != "") {
			return true
		}
	}
	return false
}

var referencePrefixes = [...]string{
	"ENC[", "ref+", "secretref+", "vault:", "vault://", "sops:", "op://", "file:", "file://", "env:", "env://", "secret://", "k8s:", "k8s://",
	"arn:", "awssm://", "aws-sm://", "awssecret://", "gcpsecret", "gcpsm://", "gcp-sm://", "azurekeyvault", "azurekv://", "keyvault:", "projects/", "-----BEGIN PGP MESSAGE", "-----BEGIN AGE ENCRYPTED", "!vault",
	"http://", "https://", // addresses with a password are known before
	"-----BEGIN CERTIFICATE", "-----BEGIN PUBLIC KEY", "ssh-rsa ", "ssh-ed25519 ",
}

// isReference reports whether a string only leads to a secret, or waits for it.
func isReference(s string) bool {
	s = strings.TrimSpace(s)
	if s == "" || isPath(s) || isWord(s) || strings.HasPrefix(s, "$__") {
		return true
	}
	for _, p := range referencePrefixes {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	if strings.Contains(s, "{{") || strings.Contains(s, "${") || strings.HasPrefix(s, "$(") || strings.HasPrefix(s, "((") {
		return true
	}
	// $NAME is a placeholder only as the whole value: passwords hold dollars.
	if s[0] == '$' && len(s) > 1 && isName(s[1:]) {
		return true
	}
	if s[0] == '<' && s[len(s)-1] == '>' || s[0] == '%' && s[len(s)-1] == '%' && len(s) > 2 {
		return true
	}
	return strings.Trim(s, "*") == "" || strings.Trim(s, "xX") == "" || strings.Trim(s, ".-") == ""
}

// isWord knows words that are settings or notes, not secrets.
func isWord(s string) bool {
	switch strings.ToLower(s) {
	case "none", "null", "nil", "true", "false", "yes", "no", "on", "off", "enabled", "disabled", "required", "optional", "auto", "automatic", "generate", "generated",
		"n/a", "na", "tbd", "todo", "fixme", "changeme", "change-me", "change_me", "replaceme", "replace-me", "replace_me", "redacted", "[redacted]", "placeholder", "empty", "unset":
		return true
	}
	return false
}

// IsFiller reports whether a string is one that the documents leave to be
// replaced: CHANGEME, TBD and their kin.
func IsFiller(s string) bool {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "tbd", "todo", "fixme", "changeme", "change-me", "change_me", "replaceme", "replace-me", "replace_me":
		return true
	}
	return false
}

func isName(s string) bool {
	for i := range len(s) {
		c := s[i]
		if !(isUpper(c) || isLower(c) || c == '_' || i > 0 && isDigit(c)) {
			return false
		}
	}
	return s != ""
}

// isPath takes /opt/app/token and ./secrets/key, but not base64 that happens to
// start with a slash.
func isPath(s string) bool {
	if !strings.HasPrefix(s, "/") && !strings.HasPrefix(s, "./") && !strings.HasPrefix(s, "../") && !strings.HasPrefix(s, "~/") {
		return false
	}
	for seg := range strings.SplitSeq(s, "/") {
		for i := range len(seg) {
			if c := seg[i]; !isAlnum(c) && c != '.' && c != '-' && c != '_' && c != '$' && c != '~' && c != '@' && c != ':' {
				return false
			}
		}
		if looksRandom(seg) {
			return false
		}
	}
	return true
}

// isObjectName takes what can name a Kubernetes object or a key of one.
func isObjectName(s string) bool {
	if s == "" || len(s) > 253 {
		return false
	}
	for i := range len(s) {
		if c := s[i]; !(isAlnum(c) && c < 0x80 || c == '-' || c == '.' || c == '_') {
			return false
		}
	}
	return true
}

// looksRandom tells a generated string from a name: long, without separators,
// and of several kinds of characters.
func looksRandom(s string) bool {
	if len(s) < 16 || strings.ContainsAny(s, "-_. ") {
		return false
	}
	var upper, lower, digit, change int
	for i := range len(s) {
		switch c := s[i]; {
		case isUpper(c):
			upper++
		case isLower(c):
			lower++
		case isDigit(c):
			digit++
		}
		if i > 0 && isDigit(s[i]) != isDigit(s[i-1]) {
			change++
		}
	}
	return digit > 0 && (upper > 0 || lower > 0) && change >= 3
}

func isProse(s string) bool {
	return strings.Count(s, " ") >= 2 && !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsDigit(r) || unicode.IsSymbol(r) })
}

// isPrivateKey knows PEM text.
func isPrivateKey(s string) bool {
	i := strings.Index(s, "-----BEGIN ")
	return i >= 0 && strings.Contains(s[i:min(len(s), i+60)], "PRIVATE KEY") && !strings.Contains(s, "{{")
}

// IsSecretObject reports whether a mapping is a Kubernetes Secret; what its
// `data` and `stringData` hold is never shown.
func IsSecretObject(m *values.Node) bool {
	k, v := m.Get("kind"), m.Get("apiVersion")
	return k != nil && v != nil && k.Value.Kind == values.String && k.Value.Str == "Secret"
}
