package cli

import (
	"github.com/spf13/cobra"
)

// newMigrateCommand returns the commands that work on the database.
func newMigrateCommand(a *App) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "migrate",
		Short: "Apply migrations to the database at DATABASE_URL, take them back, and compare the two",
		Long: `The database is the one of database.url in betterauth.yaml, by default ${DATABASE_URL}, which is read from
the environment or from .env:

  file:auth.db
  postgres://user:password@host:5432/database
  mysql://user:password@host:3306/database
` + exitHelp,
		Args: cobra.NoArgs, // cobra shows the help for a command it does not know, and calls that success
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newMigrateUpCommand(a), newMigrateDownCommand(a), newMigrateStatusCommand(a), newMigrateDiffCommand(a), newMigrateDriftCommand(a), newMigrateDropCommand(a), newMigrateBaselineCommand(a))
	return cmd
}

func newMigrateUpCommand(a *App) *cobra.Command {
	var yes bool
	cmd := &cobra.Command{
		Use:   "up",
		Short: "Apply what is pending, after showing the SQL",
		Long: `up applies migrations in their order, each in a transaction where the database allows it. The first that fails
ends the run; those before it stay applied.
` + exitHelp,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.migrateUp(cmd.Context(), yes) },
	}
	cmd.Flags().BoolVarP(&yes, "yes", "y", false, "do not ask")
	return cmd
}

func newMigrateDownCommand(a *App) *cobra.Command {
	var o downOptions
	cmd := &cobra.Command{
		Use:   "down",
		Short: "Take back the migration applied last, after showing the SQL",
		Long: `down runs the other half of a migration. What the migration added is deleted, with the data in it. A
step that deleted data cannot be taken back; its way back fails and says so.
` + exitHelp,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.migrateDown(cmd.Context(), o) },
	}
	cmd.Flags().BoolVarP(&o.yes, "yes", "y", false, "do not ask")
	cmd.Flags().IntVarP(&o.n, "number", "n", 1, "how `many` migrations to take back")
	cmd.Flags().Int64Var(&o.to, "to", -1, "take back all after this `version`; 0 for all there are")
	cmd.Flags().Lookup("to").DefValue = "0" // not shown: -1 is for us, and stands for none
	cmd.MarkFlagsMutuallyExclusive("number", "to")
	return cmd
}

func newMigrateStatusCommand(a *App) *cobra.Command {
	var asJSON, accept bool
	cmd := &cobra.Command{
		Use:   "status",
		Short: "List the migrations, with what there is to know about pending ones; exit 2 when some are pending",
		Long: `status says of each migration whether the database has it. A SQLite database that does not exist is not made.
` + exitHelp,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if accept {
				if err := a.acceptEdits(cmd.Context()); err != nil {
					return err
				}
			}
			return a.migrateStatus(cmd.Context(), asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	cmd.Flags().BoolVar(&accept, "accept", false, "record migrations that you have edited as they are now")
	return cmd
}

func newMigrateDiffCommand(a *App) *cobra.Command {
	return &cobra.Command{
		Use:   "diff",
		Short: "Print the migration that generate would write for betterauth.yaml; exit 2 when there is one",
		Long: `diff compares betterauth.yaml with the migrations there are. It does not look at the database; drift does.
` + exitHelp,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.migrateDiff(cmd.Context()) },
	}
}

func newMigrateDropCommand(a *App) *cobra.Command {
	var allow bool
	cmd := &cobra.Command{
		Use:   "drop PLUGIN|TABLE|TABLE.COLUMN",
		Short: "Write a migration that drops what nobody uses any more, in a file of its own",
		Long: `generate never drops anything: the tables of a plugin you remove stay, and info lists them as unused. drop
writes the migration that deletes them. Read it, count the rows as its comment says, then apply it.
` + exitHelp,
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: a.completeDrop,
		RunE:              func(cmd *cobra.Command, args []string) error { return a.migrateDrop(cmd.Context(), args[0], allow) },
	}
	cmd.Flags().BoolVar(&allow, "allow-destructive", false, "agree that the data will be deleted")
	return cmd
}
