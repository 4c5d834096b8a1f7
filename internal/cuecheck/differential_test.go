package cuecheck_test

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/cuecontext"
	"github.com/helmvet/helmvet/internal/cuecheck"
)

// everything uses each construct that the engine understands by itself, and
// some that it leaves to CUE.
const everything = `
import (
	"list"
	"net"
	"strings"
)

_name: =~"^[a-z][a-z0-9-]*$"
#Port: int & >0 & <=65535
#Base: {name!: _name, labels?: [string]: string, deep?: {p?: int, more?: {q?: int}}}
#Image: {tag?: =~"^[0-9]+(\\.[0-9]+)*$" & !~"x$", enable?: "true" | "false", pull?: *"Always" | "Never"}
#Direct: {kind!: "direct", value!: string & !=""}
#Ref: {kind!: "ref", secretName!: string, secretKey?: string}
#Tree: {v?: int, kids?: [...#Tree]}
#Open: {fixed?: int, ...}
open: {loose?: int}

#Values: {
	id!:      =~"^[0-9a-f]{4}$"
	port?:    #Port
	ratio?:   >=0 & <1
	mode?:    "full" | "part" | "none"
	images!: {app!: #Image, job?: #Image, registry?: strings.MinRunes(2) & strings.MaxRunes(6)}
	source?:  #Direct | #Ref | string
	flags?:   [=~"^f-"]: bool
	mixed?: {known?: int, [=~"^k"]: <10}
	any?:     _
	free?: {...}
	half?: {a?: int, ...}
	opened?: #Open & {fixed?: <5}
	items?:   [...#Base] & list.MaxItems(3)
	pair?:    [int, string]
	tuple?:   [int, ...bool]
	ip?:      net.IPv4
	tree?:    #Tree
	embed?: {#Base, extra?: int, deep?: {p?: >0}}
	both?:    #Base & {name!: "x" | "y"}
	union?:   {a?: int} & {b?: int}
	either?: {(#Direct | {other!: int})}
	loose?:   open & {more?: int}
	regular: {x: *1 | int, y?: string, z?: {w!: int}}
	not?:     !="no"
	size?:    uint8
	null0?:   int | string
	paren?:   ((int) | ("a" | "b"))
	twice?: {a?: int}
	twice?: {b?: string}
	unique?:  [...int] & list.UniqueItems()
}
`

// crossed has constraints between keys, which only CUE can judge. The regular
// field of sub matters: CUE lets a scalar pass for a struct that has nothing
// but optional fields and a comprehension; we do not.
const crossed = `
#Values: {
	min?: int
	max?: int
	if max != _|_ {min?: <=max}
	mode?: "tls" | "plain"
	if mode != _|_ {
		if mode == "tls" {cert!: string, opts?: {a?: int}}
		if mode == "plain" {opts?: {b?: int}}
	}
	items?: [...{name!: string, size?: int}]
	sub?: {lo: *0 | int, hi?: int, let l = lo, if l != _|_ {hi?: >=l}}
}
`

const sample = `{
 "id": "0aff", "port": 80, "ratio": 0.5, "mode": "full",
 "images": {"app": {"tag": "1.2", "enable": "true"}, "job": {"pull": "Never"}, "registry": "abc"},
 "source": {"kind": "ref", "secretName": "s", "secretKey": "k"},
 "flags": {"f-a": true}, "mixed": {"known": 1, "k2": 3}, "any": {"x": [1]}, "free": {"q": 1}, "half": {"a": 1, "b": "c"},
 "opened": {"fixed": 3, "other": 1},
 "items": [{"name": "a", "labels": {"l": "v"}, "deep": {"p": 1, "more": {"q": 2}}}, {"name": "b"}],
 "pair": [1, "a"], "tuple": [1, true], "ip": "10.0.0.1", "tree": {"v": 1, "kids": [{"v": 2, "kids": []}]},
 "embed": {"name": "e", "extra": 1, "deep": {"p": 3}}, "both": {"name": "x", "deep": {"p": 1}}, "union": {"a": 1, "b": 2},
 "either": {"other": 1}, "loose": {"loose": 1, "more": 2}, "regular": {"x": 2, "z": {"w": 1}}, "not": "yes", "size": 7,
 "null0": 1, "paren": "a", "twice": {"a": 1, "b": "c"}, "unique": [1, 2]
}`

const crossedSample = `{"min": 1, "max": 3, "mode": "tls", "cert": "c", "opts": {"a": 1}, "items": [{"name": "a", "size": 1}], "sub": {"lo": 1, "hi": 2}}`

// TestSameVerdictAsCUE changes a document at random: the engine must find
// something exactly when CUE does.
func TestSameVerdictAsCUE(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, schema, sample string
		n                    int
	}{
		{"everything", everything, sample, 400},
		{"crossed", crossed, crossedSample, 150},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			n := tc.n
			if testing.Short() {
				n /= 10
			}
			s := compile(t, map[string]string{"values.cue": tc.schema})
			oracle := cuecontext.New().CompileString(tc.schema).LookupPath(cue.ParsePath("#Values"))
			if err := oracle.Err(); err != nil {
				t.Fatal(err)
			}
			r := rand.New(rand.NewPCG(7, 11))
			clean := 0
			for i := range n {
				var doc any
				if err := json.Unmarshal([]byte(tc.sample), &doc); err != nil {
					t.Fatal(err)
				}
				for range 1 + r.IntN(3) {
					if i > 0 {
						doc = mutate(r, doc)
					}
				}
				text, err := json.Marshal(doc)
				if err != nil {
					t.Fatal(err)
				}
				cueErr := oracle.Unify(cuecontext.New().Encode(typed(doc))).Validate(cue.Concrete(true))
				got := lines(s.Check(parse(t, string(text)), cuecheck.Options{Whole: true}))
				if cueErr == nil {
					clean++
				}
				if (cueErr == nil) != (len(got) == 0) {
					t.Errorf("%s\n  CUE: %v\n  engine: %s", text, cueErr, strings.Join(got, "\n    "))
				}
			}
			if clean < n/20 || clean > n*19/20 {
				t.Errorf("%d of %d mutants are clean, which tests little", clean, n)
			}
		})
	}
}

// typed turns whole numbers into ints: CUE tells them from floats, Helm cannot.
func typed(v any) any {
	switch v := v.(type) {
	case float64:
		if v == math.Trunc(v) {
			return int64(v)
		}
	case map[string]any:
		out := map[string]any{}
		for k, e := range v {
			out[k] = typed(e)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = typed(e)
		}
		return out
	}
	return v
}

var pool = []any{
	"a", "b", "x", "", "true", "0aff", "10.0.0.1", "1.2.x", "full", "tls", "plain", "direct", "ref", "no", "Never", 0.0, 1.0, 3.0, 4.0, 70000.0, -1.0, 0.25,
	true, false, []any{}, []any{1.0}, []any{"a"}, []any{1.0, 1.0}, []any{1.0, true}, map[string]any{}, map[string]any{"a": 1.0},
	map[string]any{"kind": "direct", "value": "v"}, map[string]any{"other": 2.0}, map[string]any{"w": 1.0}, map[string]any{"name": "x", "extra": 2.0},
	map[string]any{"v": 1.0}, map[string]any{"p": 1.0, "more": map[string]any{"q": 1.0}}, map[string]any{"b": 1.0},
}

var names = []string{"a", "b", "x", "z", "k1", "f-b", "name", "value", "kind", "tag", "other", "deep", "more", "extra", "known", "unknown", "min", "max", "cert", "opts", "kids", "fixed", "p", "q", "hi"}

// mutate changes one place of a document.
func mutate(r *rand.Rand, v any) any {
	switch v := v.(type) {
	case map[string]any:
		keys := make([]string, 0, len(v))
		for k := range v {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		if len(keys) == 0 || r.IntN(8) == 0 {
			v[names[r.IntN(len(names))]] = pick(r)
			return v
		}
		k := keys[r.IntN(len(keys))]
		switch r.IntN(12) {
		case 0:
			delete(v, k)
		case 1:
			v[names[r.IntN(len(names))]] = v[k]
		case 2:
			v[k] = pick(r)
		default:
			v[k] = mutate(r, v[k])
		}
		return v
	case []any:
		if len(v) == 0 || r.IntN(5) == 0 {
			return append(slices.Clone(v), pick(r))
		}
		i := r.IntN(len(v))
		if r.IntN(5) == 0 {
			return slices.Delete(slices.Clone(v), i, i+1)
		}
		v[i] = mutate(r, v[i])
		return v
	}
	return pick(r)
}

func pick(r *rand.Rand) any {
	text, err := json.Marshal(pool[r.IntN(len(pool))])
	if err != nil {
		panic(err)
	}
	var v any
	if err := json.Unmarshal(text, &v); err != nil {
		panic(err)
	}
	return v
}
