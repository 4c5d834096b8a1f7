package regocheck

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/topdown"
)

// libName is the folder and last package name of what rules share, and so no
// name for a pack or a rule.
const libName = "lib"

// DefaultTimeout is how long one Eval may take unless Options say otherwise.
// All rules of a pack need milliseconds.
const DefaultTimeout = 10 * time.Second

// Source is the policy folder of one pack: lib/*.rego is what its rules share,
// data/*.yaml are tables for them, every other folder is a rule. Files named *_test.rego are left out.
type Source struct {
	Pack string
	Dir  string // the folder as messages name it; "policies/PACK" when empty
	FS   fs.FS
	// Trusted policies were compiled with every check before they were shipped,
	// so the checks that can only fail need not run again, and of libraries only
	// what the rules reach is compiled. Their bodies are taken to be in an order in
	// which they can be evaluated.
	Trusted bool
}

// Options change how policies are compiled and run.
type Options struct {
	Timeout time.Duration          // of one Eval; 0 means DefaultTimeout
	Strict  bool                   // OPA's strict mode: unused variables and imports are errors
	Skip    func(rule string) bool // rules that are off: they are parsed, but neither compiled nor run
	// Without names inputs that no Eval will have. Rules and library files that
	// say they need one of them (see Needs) are neither parsed nor compiled.
	Without []string
	// Fleet compiles the rules that look at all releases at once (`needs: fleet`),
	// and no others; without it, all others.
	Fleet bool
	// Tracer, if there is one, watches the rules run.
	Tracer topdown.QueryTracer
}

// Policies are the compiled rules of some packs. They are safe for concurrent use.
type Policies struct {
	packs   []*packRules
	timeout time.Duration
	inputs  inputKeys
	store   storage.Store // the data files of the packs
	tracer  topdown.QueryTracer
}

type packRules struct {
	name  string
	rules []*rule
}

// rule is one rule of a pack, ready to run.
type rule struct {
	id       string // pack/name
	files    []*file
	place    string // file and line, for messages
	query    ast.Body
	compiler *ast.Compiler
	words    words
}

// Compile makes the rules of the sources ready to run. shared holds the library
// for all packs (policies/lib) and may be nil. The error names file and line of
// everything that is wrong with the policies, one problem a line.
func Compile(ctx context.Context, sources []Source, shared fs.FS, o Options) (*Policies, error) {
	files, err := load(sources, shared, o)
	if err != nil {
		return nil, err
	}
	tables := map[string][]string{}
	for _, s := range sources {
		if tables[s.Pack], err = dataNames(s); err != nil {
			return nil, err
		}
	}
	parse(ctx, files, tables, ast.ParserOptions{Capabilities: capabilities(), RegoVersion: ast.RegoV1})
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	var bad []error
	for _, f := range files {
		if f.err != nil {
			bad = append(bad, policyErrors(f.err))
		}
	}
	if err := errors.Join(bad...); err != nil {
		return nil, err
	}
	data := map[string]map[string]any{}
	for _, s := range sources {
		names := tables[s.Pack]
		if s.Trusted && !o.Strict {
			names = wantedData(files, s.Pack, names)
		}
		if data[s.Pack], err = readData(s, names); err != nil {
			return nil, err
		}
	}
	p := &Policies{timeout: cmp.Or(o.Timeout, DefaultTimeout), store: newStore(data), tracer: o.Tracer}
	byID := map[string]*rule{}
	libs := map[string][]*file{}
	for _, f := range files {
		id := f.pack + "/" + f.folder
		if f.folder == libName {
			libs[f.pack] = append(libs[f.pack], f)
			p.inputs |= f.inputs
			continue
		}
		if o.Skip != nil && o.Skip(id) {
			continue
		}
		p.inputs |= f.inputs
		if byID[id] == nil {
			byID[id] = &rule{id: id, query: findingsQuery(f.pack, f.folder)}
			if n := len(p.packs); n == 0 || p.packs[n-1].name != f.pack {
				p.packs = append(p.packs, &packRules{name: f.pack})
			}
			pr := p.packs[len(p.packs)-1]
			pr.rules = append(pr.rules, byID[id])
		}
		byID[id].files = append(byID[id].files, f)
	}
	var faults []error
	for _, pr := range p.packs {
		for _, r := range pr.rules {
			faults = append(faults, r.checkFindings())
		}
	}
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	trusted := !o.Strict && !slices.ContainsFunc(sources, func(s Source) bool { return !s.Trusted })
	var wg sync.WaitGroup
	var parts []*part
	for _, pr := range p.packs {
		common := slices.Concat(libs[""], libs[pr.name])
		for _, part := range split(pr.rules, newLibrary(common)) {
			parts = append(parts, part)
			c := ast.NewCompiler().WithCapabilities(capabilities()).WithDefaultRegoVersion(ast.RegoV1).WithStrict(o.Strict)
			if trusted {
				c.WithSkipStages(onlyChecks...).WithSkipStages(idle...)
			}
			wg.Go(func() { part.err = part.compile(c, common, data, trusted) })
		}
	}
	wg.Wait()
	errs := make([]error, len(parts))
	for i, part := range parts {
		errs[i] = part.err
	}
	if err := joinDistinct(errs); err != nil {
		return nil, err
	}
	for _, f := range files {
		f.module, f.reach = nil, nil // the compilers keep what they need
	}
	return p, nil
}

// compile compiles the rules. Of trusted libraries only what they reach is
// compiled; others are compiled whole, so that every fault in them is found.
func (p *part) compile(c *ast.Compiler, libs []*file, data map[string]map[string]any, trusted bool) error {
	modules := make(map[string]*ast.Module, len(libs)+len(p.rules))
	for _, f := range libs {
		m := f.module
		if trusted {
			m = f.only(p.libs)
		}
		if m != nil {
			modules[f.name] = m
		}
	}
	for _, r := range p.rules {
		r.compiler = c
		for _, f := range r.files {
			modules[f.name] = f.module
		}
	}
	names := map[string]bool{}
	for _, f := range libs {
		for _, r := range f.module.Rules {
			names[f.pack+"/"+r.Head.Ref()[0].Value.(ast.Var).String()] = true
		}
	}
	if c.Compile(modules); c.Failed() {
		return policyErrors(c.Errors)
	}
	if trusted && !p.doubt {
		return nil
	}
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(modules)) {
		ast.WalkRefs(c.Modules[name], func(r ast.Ref) bool {
			errs = append(errs, checkLibName(name, r, names), checkDataName(name, r, data))
			return false
		})
	}
	return errors.Join(errs...)
}

// checkLibName finds references to rules that a library does not have. OPA
// takes them for undefined, and the rule would never speak.
func checkLibName(file string, r ast.Ref, names map[string]bool) error {
	if !r.HasPrefix(policiesRef) {
		return nil
	}
	pack, ok := libOf(r)
	if !ok {
		return nil
	}
	at := len(policiesRef) + 1
	if pack != "" {
		at++
	}
	if len(r) <= at {
		return nil
	}
	name, ok := r[at].Value.(ast.String)
	if !ok || names[pack+"/"+string(name)] {
		return nil
	}
	return fmt.Errorf("%s:%d: the library has no %q; mend the name in %s", file, r[0].Loc().Row, string(name), r[:at+1])
}

var policiesRef = ast.Ref{ast.DefaultRootDocument, ast.StringTerm("policies")}

// onlyChecks are stages that find faults and change nothing, and those whose
// result only they use. Skipping any other stage can change results without an
// error: without BuildRuleIndices, for one, every rule is silent.
var onlyChecks = []ast.StageID{
	ast.StageCheckUnusedImports,
	ast.StageCheckKeywordOverrides,
	ast.StageCheckDuplicateImports,
	ast.StageCheckVoidCalls,
	ast.StageParseMetadataBlocks,
	ast.StageSetAnnotationSet,
	ast.StageRewriteRegoMetadataCalls, // rego.metadata is no built-in function here
	ast.StageCheckRuleConflicts,
	ast.StageCheckUndefinedFuncs,
	ast.StageCheckRecursion,
	ast.StageCheckUnsafeBuiltins,
	ast.StageCheckDeprecatedBuiltins,
	ast.StageBuildRequiredCapabilities,
	ast.StageCheckTypes,
	ast.StageSetGraph, // the graph serves the checks of recursion and types
	ast.StageCheckSafetyRuleHeads,
}

// idle are stages that leave trusted policies as they are: those use neither
// template strings nor print nor `with`, and the expressions of every body stand
// in an order in which they can be evaluated. TestSkippedStages compares what is
// compiled with and without them. The index of comprehensions is beside the
// modules; it takes longer to build than it saves on values.
var idle = []ast.StageID{
	ast.StageRewriteTemplateStrings,
	ast.StageRewritePrintCalls,
	ast.StageRewriteWithValues,
	ast.StageRewriteTestRulesForTracing,
	ast.StageCheckSafetyRuleBodies,
	ast.StageBuildComprehensionIndices,
}

// Rules returns the ids of the rules that Eval runs, in its order.
func (p *Policies) Rules() []string {
	var ids []string
	for _, pr := range p.packs {
		for _, r := range pr.rules {
			ids = append(ids, r.id)
		}
	}
	return ids
}

// findingsQuery is data.policies[pack][rule].findings = x, as the query
// compiler would leave it.
func findingsQuery(pack, name string) ast.Body {
	ref := ast.Ref{ast.DefaultRootDocument, ast.StringTerm("policies"), ast.StringTerm(pack), ast.StringTerm(name), ast.StringTerm("findings")}
	return ast.NewBody(ast.Equality.Expr(ast.NewTerm(ref), ast.NewTerm(findingsVar)))
}

const findingsVar = ast.Var("x")

// checkFindings makes sure that the rule can report, and notes where it does.
func (r *rule) checkFindings() error {
	for _, f := range r.files {
		for _, m := range f.module.Rules {
			if m.Head.Ref().String() != "findings" {
				continue
			}
			place := fmt.Sprintf("%s:%d", f.name, m.Loc().Row)
			if m.Head.RuleKind() != ast.MultiValue {
				return fmt.Errorf("%s: findings of rule %s is no set; write `findings contains {\"path\": [...], \"message\": ...} if { ... }`", place, r.id)
			}
			if r.place != "" {
				r.place = f.name // several places could be meant: name none
				continue
			}
			r.place = place
		}
	}
	if r.place == "" {
		return fmt.Errorf("%s: rule %s has no findings; add `findings contains {\"path\": [...], \"message\": ...} if { ... }`", r.files[0].name, r.id)
	}
	return nil
}
