//! What a command does beyond reading and writing paths and talking to hosts.

use crate::model::table::closed_table;

closed_table! {
    /// What a command does beyond reading and writing paths and talking to hosts.
    CommandEffect: "command effect" {
        /// Reads or writes the clipboard, the screen or the keyboard.
        CapturesDesktop = "captures_desktop",
        /// Changes something that is deployed or served: a cloud, a cluster, a database.
        ChangesCloud = "changes_cloud",
        /// Changes what git is set to do, which can make it run programs.
        ChangesGitConfiguration = "changes_git_configuration",
        /// Changes branches, tags or other parts of a git remote.
        ChangesGitRemote = "changes_git_remote",
        /// Changes the index, a branch or the working tree of a git repository.
        ChangesGitState = "changes_git_state",
        /// Changes the owner, mode or attributes of files.
        ChangesPermissions = "changes_permissions",
        /// Changes issues, pull requests, releases or settings at a provider of repositories.
        ChangesProvider = "changes_provider",
        /// Changes how the shell reads what follows.
        ChangesShell = "changes_shell",
        /// Changes accounts, clock, host name, mounts, kernel or services of the machine.
        ChangesSystem = "changes_system",
        /// Stops, signals or slows other processes, or starts and stops services.
        ControlsProcesses = "controls_processes",
        /// Throws away work that is not committed, or what holds it.
        DiscardsWork = "discards_work",
        /// Prints variables of the environment.
        DumpsEnvironment = "dumps_environment",
        /// Runs code that stands in its own words.
        ExecutesInlineCode = "executes_inline_code",
        /// Runs what it reads from its standard input.
        FeedsInterpreter = "feeds_interpreter",
        /// Takes what another machine has.
        FetchesData = "fetches_data",
        /// Reads the memory or the calls of other processes.
        InspectsProcesses = "inspects_processes",
        /// Installs, updates or removes packages.
        InstallsPackages = "installs_packages",
        /// Waits for others to connect.
        Listens = "listens",
        /// Loads code that its words only name: a module, a plugin, a library.
        LoadsCode = "loads_code",
        /// Opens an editor, a pager or a prompt, which run what is typed.
        OpensInteractive = "opens_interactive",
        /// Writes to a device, or makes one.
        OpensDevice = "opens_device",
        /// Sets by an option what a file would, in a way that can make it run something.
        OverridesConfiguration = "overrides_configuration",
        /// Publishes a package or an image.
        PublishesPackage = "publishes_package",
        /// Runs as another user, in another root or name space, or prepares that.
        RaisesPrivilege = "raises_privilege",
        /// Prints passwords, tokens or keys.
        RevealsCredentials = "reveals_credentials",
        /// Changes or removes commits, branches or tags that exist.
        RewritesGitHistory = "rewrites_git_history",
        /// Builds or tests the project, which runs its code.
        RunsProjectCode = "runs_project_code",
        /// Runs a command on another machine.
        RunsRemotely = "runs_remotely",
        /// Has something run later, or again and again.
        SchedulesJobs = "schedules_jobs",
        /// Gives what is here to another machine.
        SendsData = "sends_data",
        /// Starts, enters or changes a container or a virtual machine.
        StartsContainer = "starts_container",
    }
}

#[cfg(test)]
mod tests {
    use super::CommandEffect;

    #[test]
    fn every_effect_reads_as_it_prints() {
        for effect in CommandEffect::ALL {
            assert_eq!(CommandEffect::from_name(effect.name()), Some(*effect));
        }
        assert_eq!(CommandEffect::suggest("listen"), Some("listens"));
    }
}
