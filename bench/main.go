// Command bench compares an emitted server with the shortest hand-written one and with Better Auth in
// Node.js: on one machine and one database, in turns, so that whatever else the machine does falls on
// all of them. What it prints is a Markdown document; scripts/bench.sh runs it.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"time"
)

type settings struct {
	rounds    int
	duration  time.Duration
	databases []string
	upstream  bool
	write     bool
	work      string
}

func main() {
	log.SetFlags(0)
	log.SetPrefix("bench: ")
	var s settings
	flag.IntVar(&s.rounds, "rounds", 5, "rounds of each measurement")
	flag.DurationVar(&s.duration, "time", 2*time.Second, "length of one measurement of session reads")
	databases := flag.String("databases", "sqlite,postgres", "databases to measure on; postgres is the one of TEST_POSTGRES_URL")
	flag.BoolVar(&s.upstream, "upstream", true, "measure Better Auth in Node.js, too")
	flag.BoolVar(&s.write, "write", false, "also write bench/results.md")
	flag.StringVar(&s.work, "work", ".cache/bench", "folder for the applications and databases")
	flag.Parse()
	s.databases = strings.Split(*databases, ",")

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, s); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, s settings) error {
	var err error
	if s.work, err = filepath.Abs(s.work); err != nil {
		return err
	}
	var report strings.Builder
	writeHeader(&report, s)
	for _, database := range s.databases {
		if err := compare(ctx, s, database, &report); err != nil {
			return fmt.Errorf("%s: %w", database, err)
		}
	}
	fmt.Print(report.String())
	if s.write {
		return os.WriteFile("bench/results.md", []byte(report.String()), 0o644)
	}
	return nil
}

// compare measures everything on one database.
func compare(ctx context.Context, s settings, dialect string, report io.Writer) error {
	log.Printf("%s: building", dialect)
	list, err := contenders(ctx, s, dialect)
	if err != nil {
		return err
	}
	db, err := prepareDatabase(ctx, s, dialect, list)
	if err != nil {
		return err
	}
	speed, err := measureSpeed(ctx, s, list, db)
	if err != nil {
		return err
	}
	statements := map[key]float64{}
	if dialect == "postgres" {
		if statements, err = countStatements(ctx, list, db); err != nil {
			return err
		}
	}
	memory, err := measureMemory(ctx, list, db)
	if err != nil {
		return err
	}
	writeResults(report, dialect, list, speed, statements, memory)
	return nil
}
