// gen-examples writes programs in other languages: gen-examples <schema.json>, with {"<name>": "<program in Pulumi YAML>"} on
// standard input, and {"<name>": {"typescript": …, "python": …, "go": …, "csharp": …}} on standard output. The converters are
// Pulumi's own, those of `pulumi convert`.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/blang/semver"
	"github.com/hashicorp/hcl/v2"
	yaml "github.com/pulumi/pulumi-yaml/pkg/pulumiyaml"
	fromyaml "github.com/pulumi/pulumi-yaml/pkg/pulumiyaml/codegen"
	"github.com/pulumi/pulumi/pkg/v3/codegen/dotnet"
	gogen "github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/pcl"
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

// languages are the converters, each with the file that it puts a program into.
var languages = map[string]struct {
	file     string
	generate func(*pcl.Program) (map[string][]byte, hcl.Diagnostics, error)
}{
	"typescript": {"index.ts", nodejs.GenerateProgram},
	"python":     {"__main__.py", python.GenerateProgram},
	"go":         {"main.go", gogen.GenerateProgram},
	"csharp":     {"Program.cs", dotnet.GenerateProgram},
}

// one is a loader that knows a single package.
type one struct{ pkg *schema.Package }

func (l one) LoadPackage(name string, _ *semver.Version) (*schema.Package, error) {
	if l.pkg == nil || name != l.pkg.Name {
		return nil, fmt.Errorf("there is no package %q here", name)
	}
	return l.pkg, nil
}

func (l one) LoadPackageV2(_ context.Context, descriptor *schema.PackageDescriptor) (*schema.Package, error) {
	return l.LoadPackage(descriptor.Name, nil)
}

func (l one) LoadPackageReference(name string, version *semver.Version) (schema.PackageReference, error) {
	pkg, err := l.LoadPackage(name, version)
	if err != nil {
		return nil, err
	}
	return pkg.Reference(), nil
}

func (l one) LoadPackageReferenceV2(
	_ context.Context, descriptor *schema.PackageDescriptor,
) (schema.PackageReference, error) {
	return l.LoadPackageReference(descriptor.Name, nil)
}

func load(schemaFile string) (schema.ReferenceLoader, error) {
	text, err := os.ReadFile(schemaFile)
	if err != nil {
		return nil, err
	}
	var spec schema.PackageSpec
	if err := json.Unmarshal(text, &spec); err != nil {
		return nil, err
	}
	pkg, diagnostics, err := schema.BindSpec(spec, one{}, schema.ValidationOptions{})
	if err != nil {
		return nil, err
	}
	if diagnostics.HasErrors() {
		return nil, diagnostics
	}
	return one{pkg}, nil
}

func convert(text string, loader schema.ReferenceLoader) (map[string]string, error) {
	template, said, err := yaml.LoadYAMLBytes("example.yaml", []byte(text))
	if err != nil {
		return nil, err
	}
	if said.HasErrors() {
		return nil, said
	}
	written := map[string]string{}
	for language, to := range languages {
		// Converters change the program that they are given.
		program, diagnostics, err := fromyaml.EjectProgram(template, loader)
		if err != nil {
			return nil, err
		}
		if len(diagnostics) > 0 {
			return nil, diagnostics
		}
		files, diagnostics, err := to.generate(program)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", language, err)
		}
		if len(diagnostics) > 0 {
			return nil, fmt.Errorf("%s: %w", language, diagnostics)
		}
		written[language] = string(files[to.file])
	}
	return written, nil
}

func run(schemaFile string) error {
	loader, err := load(schemaFile)
	if err != nil {
		return err
	}
	var programs map[string]string
	if err := json.NewDecoder(os.Stdin).Decode(&programs); err != nil {
		return err
	}
	written := map[string]map[string]string{}
	for name, text := range programs {
		if written[name], err = convert(text, loader); err != nil {
			return fmt.Errorf("%s: %w\n%s", name, err, text)
		}
	}
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	return out.Encode(written)
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: gen-examples <schema.json>")
		os.Exit(2)
	}
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
