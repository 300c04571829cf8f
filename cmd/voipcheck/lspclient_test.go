package main

// The language server with the client library that Visual Studio Code uses.

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/voipcheck/voipcheck/internal/lsp/protocol"
	"github.com/voipcheck/voipcheck/internal/trial"
)

// clientLibraries are npm's packages, in versions that are known to work.
var clientLibraries = []string{"vscode-languageserver-protocol@3.17.5", "vscode-jsonrpc@8.2.0"}

// clientSession is what the client prints.
type clientSession struct {
	Disk, Typed map[string][]protocol.Diagnostic
	// Actions are the titles of the code actions for a finding, by its fingerprint and file.
	Actions map[string][]string
}

// TestClientLibrary drives sessions over the fixtures. Where npm can install nothing it is skipped.
func TestClientLibrary(t *testing.T) {
	trial.Long(t, "TestServerAndCommandLine drives the same sessions with a client of its own")
	trial.Needs(t, "node", "npm", "go")
	dir := t.TempDir()
	place := trial.Place{Dir: dir, Env: append(os.Environ(), "npm_config_audit=false", "npm_config_fund=false", "npm_config_update_notifier=false", "LC_ALL=C", "NODE_PATH="+filepath.Join(dir, "node_modules"))}
	if out, status := place.Run(t, "npm", append([]string{"install", "--no-save"}, clientLibraries...)...); status != 0 {
		t.Skipf("npm installs nothing here: %s", out)
	}
	source, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(dir, "voipcheck")
	trial.Place{Dir: source}.Must(t, "go", "build", "-o", program, ".")
	all := fewer(cases(t), 12)
	for batch := range slices.Chunk(slices.Sorted(maps.Keys(all)), 50) { // folders that are open at once
		folders := []string{}
		for _, name := range batch {
			folder := filepath.Join(dir, "cases", strings.ReplaceAll(name, "/", "+"))
			trial.Write(t, folder, all[name])
			folders = append(folders, folder)
		}
		clientChecks(t, place, program, folders)
	}
}

// clientChecks drives one session over folders and compares it with the command line.
func clientChecks(t *testing.T, place trial.Place, program string, folders []string) {
	t.Helper()
	want := map[string][]told{}
	for _, folder := range folders {
		want[folder] = sorted(commandLine(t, folder))
	}
	source, err := filepath.Abs("testdata/lsp/client.cjs")
	if err != nil {
		t.Fatal(err)
	}
	var session clientSession
	if err := json.Unmarshal([]byte(place.Must(t, "node", append([]string{source, program}, folders...)...)), &session); err != nil {
		t.Fatal(err)
	}
	for folder, found := range want {
		for state, known := range map[string]map[string][]protocol.Diagnostic{"on disk": session.Disk, "in the editor": session.Typed} {
			own := map[string]protocol.PublishDiagnosticsParams{}
			for uri, list := range known {
				if strings.HasPrefix(uri, fileURI(folder)+"/") {
					own[uri] = protocol.PublishDiagnosticsParams{URI: uri, Diagnostics: list}
				}
			}
			if diff := gocmp.Diff(found, sorted(languageServer(t, folder, own)), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("%s, files %s (-command line +server)\n%s", filepath.Base(folder), state, diff)
			}
		}
		for _, f := range found {
			if f.Rule != "unused-suppression" && len(session.Actions[f.Fingerprint+fileURI(filepath.Join(folder, filepath.FromSlash(f.File)))]) == 0 && f.Rule != "console-step" {
				t.Errorf("%s: nothing can be done about %s at %s:%d", filepath.Base(folder), f.Rule, f.File, f.Line)
			}
		}
	}
}
