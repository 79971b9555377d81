package main

import (
	"context"
	"fmt"
	"log"
	"slices"
	"time"
)

// A key names a measurement: one contender doing one workload.
type key struct{ contender, workload string }

// sample is what one round gave.
type sample struct {
	perSecond float64
	median    time.Duration
	cpu       time.Duration // of the server process, for one request
}

// measureSpeed runs the workloads in rounds, in which each contender has its turn.
func measureSpeed(ctx context.Context, s settings, list []contender, databaseURL string) (map[key][]sample, error) {
	running := map[string]*process{}
	for _, c := range list {
		p, err := start(c, databaseURL)
		if err != nil {
			return nil, err
		}
		defer p.stop()
		running[c.name] = p
	}
	samples := map[key][]sample{}
	for _, w := range workloads() {
		for round := range s.rounds + 1 { // the first warms up
			log.Printf("%s, round %d of %d", w.name, round, s.rounds)
			for _, c := range turn(list, round) {
				if !c.serves(w) {
					continue
				}
				one, err := measure(ctx, running[c.name], w, s.duration)
				if err != nil {
					return nil, fmt.Errorf("%s: %w", c.name, err)
				}
				if round > 0 {
					k := key{c.name, w.name}
					samples[k] = append(samples[k], one)
				}
			}
		}
	}
	return samples, nil
}

// turn returns the contenders in another order each round: who comes first has another neighbour.
func turn(list []contender, round int) []contender {
	n := round % len(list)
	return slices.Concat(list[n:], list[:n])
}

func measure(ctx context.Context, p *process, w workload, duration time.Duration) (sample, error) {
	before, err := p.cpu()
	if err != nil {
		return sample{}, err
	}
	result, err := generate(ctx, p.address, w, duration)
	if err != nil {
		return sample{}, err
	}
	if err := result.allOK(); err != nil {
		return sample{}, err
	}
	after, err := p.cpu()
	if err != nil {
		return sample{}, err
	}
	return sample{
		perSecond: float64(result.requests) / result.elapsed.Seconds(),
		median:    result.latencies[len(result.latencies)/2],
		cpu:       (after - before) / time.Duration(result.requests),
	}, nil
}

// footprint is the resident memory of a server in MiB.
type footprint struct {
	idle, peak float64
	statuses   map[int]int
}

// crowd is how many sign-ins arrive at once.
const crowd = 200

// measureMemory starts each server anew and has a crowd sign in.
func measureMemory(ctx context.Context, list []contender, databaseURL string) (map[string]footprint, error) {
	footprints := map[string]footprint{}
	for _, c := range list {
		if c.only != "" {
			continue
		}
		log.Printf("memory of %s", c.name)
		p, err := start(c, databaseURL)
		if err != nil {
			return nil, err
		}
		f, err := measureCrowd(ctx, p)
		p.stop()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", c.name, err)
		}
		footprints[c.name] = f
	}
	return footprints, nil
}

func measureCrowd(ctx context.Context, p *process) (f footprint, err error) {
	w := getSession
	w.connections, w.requests = 1, 10
	if _, err = generate(ctx, p.address, w, 0); err != nil {
		return f, err
	}
	if f.idle, err = p.memory("VmRSS"); err != nil {
		return f, err
	}
	w = signIn
	w.connections, w.requests = crowd, crowd
	result, err := generate(ctx, p.address, w, 0)
	if err != nil {
		return f, err
	}
	f.statuses = result.statuses
	f.peak, err = p.memory("VmHWM")
	return f, err
}
