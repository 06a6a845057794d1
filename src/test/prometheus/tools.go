//go:build tools

// Package prometheus pins the programs that prove rules and dashboards.
package prometheus

import (
	_ "github.com/prometheus/prometheus/cmd/prometheus"
	_ "github.com/prometheus/prometheus/cmd/promtool"
)
