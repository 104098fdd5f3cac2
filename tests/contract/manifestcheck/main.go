// Command manifestcheck says what a cluster would say to manifests: nothing, or why it refuses them.
//
// Every document is decoded strictly into the type its kind has in Kubernetes or Knative. Knative's kinds then go through
// what its admission webhooks run, SetDefaults and Validate, and every pod through Kubernetes' own pod security policy at
// the level restricted. A warning counts as a refusal: a warning that is to stay gets a place in allowedWarnings.
package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	eventingcfg "knative.dev/eventing/pkg/apis/config"
	"knative.dev/eventing/pkg/apis/feature"
	"knative.dev/pkg/apis"
	servingcfg "knative.dev/serving/pkg/apis/config"
	"sigs.k8s.io/json"
	"sigs.k8s.io/yaml"
)

// allowedWarnings: what a warning begins with, and why it may stay.
var allowedWarnings = map[string]string{}

func main() {
	if len(os.Args) == 1 {
		fmt.Fprintln(os.Stderr, "Name the files to check.")
		os.Exit(2)
	}
	ctx, refused := asTheWebhooksHaveIt(), 0
	for _, path := range os.Args[1:] {
		documents, err := read(path)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
		checked := 0
		for _, document := range documents {
			name, reasons := check(ctx, document)
			checked++
			for _, reason := range reasons {
				fmt.Printf("%s: %s: %s\n", path, name, strings.ReplaceAll(reason, "\n", "; "))
			}
			if len(reasons) > 0 {
				refused++
			}
		}
		fmt.Printf("%s: %d documents\n", path, checked)
	}
	if refused > 0 {
		os.Exit(1)
	}
}

// asTheWebhooksHaveIt is the configuration of a cluster on which nobody has changed a default.
func asTheWebhooksHaveIt() context.Context {
	ctx := context.Background()
	ctx = servingcfg.ToContext(ctx, servingcfg.FromContextOrDefaults(ctx))
	ctx = eventingcfg.ToContext(ctx, eventingcfg.FromContextOrDefaults(ctx))
	ctx = feature.ToContext(ctx, feature.FromContextOrDefaults(ctx))
	return apis.WithinCreate(ctx)
}

// check returns the document's kind and name, and all reasons to refuse it.
func check(ctx context.Context, document []byte) (string, []string) {
	var head struct {
		APIVersion string `json:"apiVersion"`
		Kind       string `json:"kind"`
		Metadata   struct{ Name, Namespace string }
	}
	if err := yaml.Unmarshal(document, &head); err != nil {
		return "a document", []string{err.Error()}
	}
	name := head.Kind + " " + head.Metadata.Name
	object := newObject(head.APIVersion, head.Kind)
	if object == nil {
		return name, []string{"no kind " + head.Kind + " of " + head.APIVersion + " is known here"}
	}
	reasons := decode(document, object)
	if reasons != nil {
		return name, reasons
	}
	if knative, ok := object.(knativeObject); ok {
		knative.SetDefaults(ctx)
		found := knative.Validate(ctx)
		if err := found.Filter(apis.ErrorLevel); err != nil {
			reasons = append(reasons, err.Error())
		}
		if warning := found.Filter(apis.WarningLevel); warning != nil && !allowed(warning.Error()) {
			reasons = append(reasons, warning.Error())
		}
	}
	return name, append(reasons, notRestricted(object)...)
}

// decode is as strict as the API server: no unknown or repeated key, and no number where a text belongs.
func decode(document []byte, object any) (reasons []string) {
	converted, err := yaml.YAMLToJSONStrict(document)
	if err != nil {
		return []string{err.Error()}
	}
	strict, err := json.UnmarshalStrict(converted, object)
	if err != nil {
		reasons = append(reasons, err.Error())
	}
	for _, err := range strict {
		reasons = append(reasons, err.Error())
	}
	return reasons
}

func allowed(warning string) bool {
	for beginning := range allowedWarnings {
		if strings.HasPrefix(warning, beginning) {
			return true
		}
	}
	return false
}

func read(path string) ([][]byte, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	reader := utilyaml.NewYAMLReader(bufio.NewReader(bytes.NewReader(raw)))
	var documents [][]byte
	for {
		document, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return documents, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		var content any
		if err := yaml.Unmarshal(document, &content); err == nil && content == nil {
			continue // comments, and nothing else
		}
		documents = append(documents, document)
	}
}
