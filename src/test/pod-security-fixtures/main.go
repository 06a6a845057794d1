// Prints the fixtures of k8s.io/pod-security-admission/test as JSON: each pod once, with the levels, verdicts and versions it stands for.
// The module keeps them as files, which its own tests hold to what its code makes; so nothing of it is compiled here.
//
//	go run . > ../resources/escape/pod-security-fixtures.json
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strconv"
	"strings"

	"sigs.k8s.io/yaml"
)

const module = "k8s.io/pod-security-admission"

// fixture is one pod of one level: with this name it passes, or fails, in these minor versions of Kubernetes 1.
type fixture struct {
	Level    string          `json:"level"`
	Verdict  string          `json:"verdict"`
	Name     string          `json:"name"`
	Versions string          `json:"versions"`
	Pod      json.RawMessage `json:"pod"`
	minors   []int
}

func main() {
	fixtures, err := read()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println("[")
	for i, f := range fixtures {
		line, _ := json.Marshal(f)
		fmt.Printf("%s%s\n", line, map[bool]string{true: "", false: ","}[i == len(fixtures)-1])
	}
	fmt.Println("]")
}

func read() ([]*fixture, error) {
	var found struct{ Dir string }
	out, err := exec.Command("go", "mod", "download", "-json", module).Output()
	if err != nil {
		return nil, fmt.Errorf("go mod download -json %s: %w", module, err)
	}
	if err := json.Unmarshal(out, &found); err != nil {
		return nil, err
	}
	// testdata/<level>/v1.<minor>/<pass or fail>/<name>.yaml
	files, err := filepath.Glob(filepath.Join(found.Dir, "test/testdata/*/v1.*/*/*.yaml"))
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("no fixtures in %s (%v)", found.Dir, err)
	}
	known := map[string]*fixture{}
	for _, file := range files {
		if err := add(known, file); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
	}
	return sorted(known), nil
}

func add(known map[string]*fixture, file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	pod, err := yaml.YAMLToJSON(text)
	if err != nil {
		return err
	}
	parts := strings.Split(filepath.ToSlash(file), "/")
	parts = parts[len(parts)-4:]
	minor, err := strconv.Atoi(strings.TrimPrefix(parts[1], "v1."))
	if err != nil {
		return err
	}
	name := strings.TrimSuffix(parts[3], ".yaml")
	key := strings.Join([]string{parts[0], parts[2], name, string(pod)}, "\n")
	if known[key] == nil {
		known[key] = &fixture{Level: parts[0], Verdict: parts[2], Name: name, Pod: bytes.Clone(pod)}
	}
	known[key].minors = append(known[key].minors, minor)
	return nil
}

func sorted(known map[string]*fixture) []*fixture {
	keys := make([]string, 0, len(known))
	for key := range known {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	fixtures := make([]*fixture, 0, len(keys))
	for _, key := range keys {
		f := known[key]
		sort.Ints(f.minors)
		f.Versions = ranges(f.minors)
		fixtures = append(fixtures, f)
	}
	return fixtures
}

// ranges writes 0,1,2,5 as "0-2 5".
func ranges(minors []int) string {
	var text []string
	for from := 0; from < len(minors); {
		to := from
		for to+1 < len(minors) && minors[to+1] == minors[to]+1 {
			to++
		}
		if from == to {
			text = append(text, strconv.Itoa(minors[from]))
		} else {
			text = append(text, fmt.Sprintf("%d-%d", minors[from], minors[to]))
		}
		from = to + 1
	}
	return strings.Join(text, " ")
}
