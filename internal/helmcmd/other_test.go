package helmcmd_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/helmvet/helmvet/internal/helmcmd"
)

func TestParseAll(t *testing.T) {
	t.Parallel()
	text := `export RG=my-rg KEY=$(az storage account keys list -n $ACCOUNT --query "[0].value" -o tsv)
kubectl scale --replicas=0 sts/platform -n uepe
kubectl patch ecdeployment <ecd> -nuepe --type=merge -p $'spec:\n manualUpgrade: true'
sudo -E oc get pods --all-namespaces -l a=b
az backup protection backup-now -g "$RG" --retain-until 31-12-2099 --only-show-errors
cat <<-EOF > policy.json
	{"name": "$RG"}
	EOF
helm history uepe -n uepe && ./wait.sh "${LIMIT:-5}"
`
	cmds, err := helmcmd.ParseAll(text)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range cmds {
		in := c.Input()
		for _, key := range []string{"sets", "set_errors", "values", "force", "wait", "dry_run", "install", "release"} {
			delete(in, key)
		}
		raw, err := json.Marshal(in)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, string(raw))
	}
	want := []string{
		`{"args":[],"assigns":[{"name":"RG","text":"my-rg","value":"my-rg","word":0},{"name":"KEY","text":"$(az storage account keys list -n $ACCOUNT --query \"[0].value\" -o tsv)","word":1}],"blanks":[],"flags":[],"open":false,"tool":"","uses":["ACCOUNT"]}`,
		`{"args":[{"credentials":false,"value":"storage","word":1},{"credentials":false,"value":"account","word":2},{"credentials":false,"value":"keys","word":3},{"credentials":false,"value":"list","word":4}],"blanks":[],"flags":[{"at":6,"name":"name","word":5},{"at":8,"name":"query","value":"[0].value","word":7},{"at":10,"name":"output","value":"tsv","word":9}],"open":false,"tool":"az","uses":["ACCOUNT"]}`,
		`{"args":[{"credentials":false,"value":"scale","word":1},{"credentials":false,"value":"sts/platform","word":3}],"blanks":[],"flags":[{"at":2,"name":"replicas","value":"0","word":2},{"at":5,"name":"namespace","value":"uepe","word":4}],"namespace":{"value":"uepe","word":5},"open":false,"tool":"kubectl"}`,
		`{"args":[{"credentials":false,"value":"patch","word":1},{"credentials":false,"value":"ecdeployment","word":2},{"credentials":false,"word":3}],"blanks":[{"text":"\u003cecd\u003e","word":3}],"flags":[{"at":4,"name":"namespace","value":"uepe","word":4},{"at":5,"name":"type","value":"merge","word":5},{"at":7,"name":"patch","value":"spec:\n manualUpgrade: true","word":6}],"namespace":{"value":"uepe","word":4},"open":false,"tool":"kubectl"}`,
		`{"args":[{"credentials":false,"value":"get","word":1},{"credentials":false,"value":"pods","word":2}],"blanks":[],"flags":[{"name":"all-namespaces","word":3},{"at":5,"name":"selector","value":"a=b","word":4}],"open":false,"tool":"kubectl"}`,
		`{"args":[{"credentials":false,"value":"backup","word":1},{"credentials":false,"value":"protection","word":2},{"credentials":false,"value":"backup-now","word":3}],"blanks":[],"flags":[{"at":5,"name":"resource-group","word":4},{"at":7,"name":"retain-until","value":"31-12-2099","word":6},{"name":"only-show-errors","word":8}],"open":false,"tool":"az","uses":["RG"]}`,
		`{"args":[],"blanks":[],"flags":[],"here":"\t{\"name\": \"$RG\"}\n","open":false,"tool":"cat"}`,
		`{"args":[{"credentials":false,"value":"uepe","word":2}],"blanks":[],"flags":[{"at":4,"name":"namespace","value":"uepe","word":3}],"namespace":{"value":"uepe","word":4},"open":false,"tool":"helm","verb":"history"}`,
		`{"args":[{"credentials":false,"word":1}],"blanks":[],"flags":[],"open":false,"tool":"wait.sh"}`,
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if s := cmds[2].Words[3].Span; s.Line != 2 || s.Column != 28 {
		t.Errorf("sts/platform is at %d:%d", s.Line, s.Column)
	}
	plain, err := helmcmd.Parse(text)
	if err != nil || len(plain) != 1 || plain[0].Tool != "helm" {
		t.Errorf("Parse gives %v, %v", plain, err)
	}
}

// FuzzParseAll wants that no text makes the parser fail, and that the words of
// a command lie in its lines.
func FuzzParseAll(f *testing.F) {
	f.Add("A=$(az x --query \"[0]\") helm upgrade -i a b -f c\ncat <<EOF\nx\nEOF\n")
	f.Add("kubectl patch ecd <x> -p $'a:\\n b' --type=merge\r\n")
	f.Fuzz(func(t *testing.T, text string) {
		cmds, err := helmcmd.ParseAll(text)
		if err != nil {
			return
		}
		lines := strings.Count(text, "\n") + 1
		for _, c := range cmds {
			c.Input()
			for _, w := range c.Words {
				if w.Span.Line < 1 || w.Span.EndLine > lines {
					t.Errorf("word %q lies in lines %d to %d of %d", w.Text, w.Span.Line, w.Span.EndLine, lines)
				}
			}
		}
	})
}
