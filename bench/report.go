package main

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"
)

func writeHeader(w io.Writer, s settings) {
	fmt.Fprintf(w, "# Benchmarks\n\n%s, %d processors, %s, Linux. Medians of %d interleaved rounds, smallest and largest in brackets;\n",
		processor(), runtime.NumCPU(), runtime.Version(), s.rounds)
	fmt.Fprintf(w, "client, server and database share the machine. CPU is that of the server process, user and system, per request;\n")
	fmt.Fprintf(w, "ratios are to the hand-written server. %d users; %d connections for session reads, %d for passwords.\n",
		users, getSession.connections, signIn.connections)
}

func processor() string {
	text, _ := os.ReadFile("/proc/cpuinfo")
	_, rest, _ := strings.Cut(string(text), "model name")
	line, _, _ := strings.Cut(rest, "\n")
	return cmp.Or(strings.Trim(line, "\t :"), runtime.GOARCH)
}

func writeResults(w io.Writer, dialect string, list []contender, speed map[key][]sample, statements map[key]float64, memory map[string]footprint) {
	fmt.Fprintf(w, "\n## %s\n\n", map[string]string{"sqlite": "SQLite", "postgres": "PostgreSQL"}[dialect])
	fmt.Fprintln(w, "| Request | Server | Requests/s | p50, ms | CPU, µs | CPU ratio | SQL statements |")
	fmt.Fprintln(w, "|---|---|---:|---:|---:|---:|---:|")
	for _, load := range workloads() {
		reference := cpuOf(speed[key{yardstick(list, load), load.name}])
		for _, c := range list {
			samples := speed[key{c.name, load.name}]
			if len(samples) == 0 {
				continue
			}
			ratio, sql := "", ""
			if reference.median > 0 {
				ratio = fmt.Sprintf("%.2f", cpuOf(samples).median/reference.median)
			}
			if n, ok := statements[key{c.name, load.name}]; ok {
				sql = fmt.Sprintf("%.3g", n)
			}
			fmt.Fprintf(w, "| %s | %s | %s | %s | %s | %s | %s |\n", load.name, c.name,
				spreadOf(samples, func(s sample) float64 { return s.perSecond }),
				spreadOf(samples, func(s sample) float64 { return s.median.Seconds() * 1000 }),
				cpuOf(samples), ratio, sql)
		}
	}
	fmt.Fprintf(w, "\n| Server | Resident idle, MiB | Most during %d sign-ins at once, MiB | Answers |\n|---|---:|---:|---|\n", crowd)
	for _, c := range list {
		if f, ok := memory[c.name]; ok {
			fmt.Fprintf(w, "| %s | %.0f | %.0f | %s |\n", c.name, f.idle, f.peak, answers(f.statuses))
		}
	}
}

func answers(statuses map[int]int) string {
	var parts []string
	for status, n := range statuses {
		parts = append(parts, fmt.Sprintf("%d × %d", n, status))
	}
	slices.Sort(parts)
	return strings.Join(parts, ", ")
}

// spread is the median of some values with their extremes.
type spread struct{ median, low, high float64 }

func (s spread) String() string {
	return fmt.Sprintf("%s (%s–%s)", short(s.median), short(s.low), short(s.high))
}

// short writes a number with no more than three digits that mean something.
func short(n float64) string {
	switch {
	case n >= 100:
		return fmt.Sprintf("%.0f", n)
	case n >= 10:
		return fmt.Sprintf("%.1f", n)
	}
	return fmt.Sprintf("%.2f", n)
}

func spreadOf(samples []sample, value func(sample) float64) spread {
	if len(samples) == 0 {
		return spread{}
	}
	values := make([]float64, len(samples))
	for i, s := range samples {
		values[i] = value(s)
	}
	slices.Sort(values)
	return spread{values[len(values)/2], values[0], values[len(values)-1]}
}

func cpuOf(samples []sample) spread {
	return spreadOf(samples, func(s sample) float64 { return float64(s.cpu) / float64(time.Microsecond) })
}
