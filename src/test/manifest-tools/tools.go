//go:build tools

// Package tools names the programs that render Berth's manifests in the tests, so that go.mod and go.sum pin them.
package tools

import (
	_ "helm.sh/helm/v3/cmd/helm"
	_ "sigs.k8s.io/kustomize/kustomize/v5"
)
