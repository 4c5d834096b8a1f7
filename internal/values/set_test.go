package values

import (
	"fmt"
	"math/rand"
	"reflect"
	"strings"
	"testing"

	"github.com/helmvet/helmvet/internal/lint"
	"helm.sh/helm/v4/pkg/strvals"
)

// helmSets applies an argument as Helm does.
func helmSets(kind LayerKind, arg string, base map[string]any) error {
	switch kind {
	case SetJSON:
		return strvals.ParseJSON(arg, base)
	case Set:
		return strvals.ParseInto(arg, base)
	case SetString:
		return strvals.ParseIntoString(arg, base)
	case SetFile:
		return strvals.ParseIntoFile(arg, base, func(name []rune) (any, error) {
			data, err := setFiles(string(name))
			return string(data), err
		})
	}
	return strvals.ParseLiteralInto(arg, base)
}

func setFiles(name string) ([]byte, error) {
	if strings.Contains(name, "1") {
		return nil, fmt.Errorf("no file %q", name)
	}
	return []byte("content of " + name), nil
}

func compareSet(t *testing.T, kind LayerKind, base, arg string) {
	t.Helper()
	want, err := helmReads([]byte(base))
	if err != nil {
		return
	}
	d := Parse("v.yaml", []byte(base), DefaultLimits)
	if _, bad := firstOf(d); bad {
		return
	}
	file := &Layer{Kind: File, Name: "v.yaml", Doc: d, Root: d.Values()}
	v := MergeFiles(file)
	err = helmSets(kind, arg, want.(map[string]any))
	got, p := setArgument(v.Root, &Layer{Kind: kind, Name: kind.Flag(), Arg: arg}, placer(kind.Flag(), 1), Helm4, setFiles)
	if (err != nil) != (p != nil) {
		t.Fatalf("%s %q on %q: Helm says %v, we say %v", kind.Flag(), arg, base, err, p)
	}
	if before, _ := helmReads([]byte(base)); !reflect.DeepEqual(v.Root.Any(), before) {
		t.Fatalf("%s %q changed the layer below", kind.Flag(), arg)
	}
	if err != nil {
		return
	}
	if !reflect.DeepEqual(got.Any(), want) {
		t.Fatalf("%s %q on %q:\n got %#v\nwant %#v", kind.Flag(), arg, base, got.Any(), want)
	}
	checkSpans(t, got, arg)
}

// checkSpans asks that every value of the argument lies in it, and that its
// place says what it is.
func checkSpans(t *testing.T, root *Node, arg string) {
	t.Helper()
	runes := []rune(arg)
	root.Walk(nil, func(p lint.Path, n *Node) bool {
		if n.Layer == nil || n.Layer.Kind == File {
			return true
		}
		s := n.Span
		if s.Line != 1 || s.Column < 1 || s.EndCol < s.Column || s.EndCol > len(runes)+1 {
			t.Fatalf("%q: %s has the place %+v", arg, p, s)
		}
		if n.IsInt && string(runes[s.Column-1:s.EndCol-1]) != n.Text {
			t.Fatalf("%q: %s is placed at %q", arg, p, string(runes[s.Column-1:s.EndCol-1]))
		}
		return true
	})
}

var setKinds = []LayerKind{SetJSON, Set, SetString, SetFile, SetLiteral}

var setBases = []string{"", "a: 1\nb: {c: x, d: [1, {e: f}, null]}\nl: [a, [b, c], {d: e}]\nn:\n", "a: {b: {c: 1}}\nl:\n- v: 1\n- w: 2\n"}

func TestSetLikeHelm(t *testing.T) {
	t.Parallel()
	for _, arg := range []string{
		"a=1", "a=0,b=-1,c=+1", "a=01,b=00,c=1.5,d=1e3,e=0x1", "a=true,b=FALSE,c=Null,d=nil", "a=", "a=,b=", "a", "a.b", ",", "a=1,", ",a=1", "=", "=1",
		"a={1,x,true,}", "a={}", "a={1", "a={{1,2},3}", "a=[1,2]", "a={1}b=2", `a\.b=1`, `a=x\,y`, `a=\`, `a\`, "a b=c d", "a = 1",
		"l[0]=x", "l[5]=x", "l[0].v=9", "l[2].d=9", "l[2].x.y=9", "l[1][0]=z", "l[1][3]=z", "l[0][0]=z", "l[-1]=x", "l[x]=1", "l[0", "l[0]x=1", "l[]=1", "l[65537]=1",
		"a[0]=x", "a.b=x", "n.x=1", "n[0]=1", "b.c=y", "b.d[0]=y", "b.d[2].x=y", "b.d[1].e=y,b.d[1].g=z", "q[0]", "q[0].", "q[0].b=", "l[0].", "l[0].z=", "q[0][0]", "q.", "q..r=1", "q.=1", ".=1", "a.",
		strings.Repeat("a.", 30) + "a=1", strings.Repeat("a.", 31) + "a=1", "é=ü,b=\xff", "a={a\\,b,c}", "x[0].a=1,x[1].a=2,x[0].b=3", "x[1]=2,x[0]=1", "x={1,2},x[0].a=3", `a=[{"b":1}],c={"d":null}`, `a={"x":{"y":[1,2,{"z":"w"}]}},a.x.y[0]=5`,
		`a=1e999`, `a=nope`, `a="x`, ` a= 1 ,b= 2 `, `a=1 b=2`, `a={"b":1,"b":2}`, `a="é\n- x"`, "a=b=c", "a.b=1,a.c=2", "a=1,a.b=2", "a.b=1,a=2", "a[0]=1,a.b=2",
	} {
		for _, kind := range setKinds {
			for _, base := range setBases {
				compareSet(t, kind, base, arg)
			}
		}
	}
	r := rand.New(rand.NewSource(1))
	tokens := []string{"a", "b", "l", "n", ".", "=", "[0]", "[1]", "[", "]", "{", "}", ",", "1", "null", "\\", "x", "é", " ", `"y"`, `{"k":[1]}`, "[2].d", "b.c", "b.d[1]"}
	for range 4_000 {
		var arg strings.Builder
		for range 1 + r.Intn(10) {
			arg.WriteString(tokens[r.Intn(len(tokens))])
		}
		compareSet(t, setKinds[r.Intn(len(setKinds))], setBases[r.Intn(len(setBases))], arg.String())
	}
}

func FuzzSet(f *testing.F) {
	f.Add(uint8(1), setBases[1], "l[0].v=9,b.c={1,x}")
	f.Add(uint8(0), setBases[2], `a.b={"c":[1,null]}`)
	f.Fuzz(func(t *testing.T, kind uint8, base, arg string) {
		compareSet(t, setKinds[int(kind)%len(setKinds)], base, arg)
	})
}
