//! What a command may use up, and how its end is told.

use std::time::Duration;
use std::time::Instant;

use bailiwick_runtime::port::sandbox::Exit;
use bailiwick_runtime::port::sandbox::FeatureState;
use bailiwick_runtime::port::sandbox::Limits;
use bailiwick_runtime::port::sandbox::SandboxRequest;

use crate::support::adapters;
use crate::support::alive;
use crate::support::each;
use crate::support::err;
use crate::support::marker;
use crate::support::out;
use crate::support::shell;
use crate::support::workspace;

#[test]
fn exit_codes_and_signals_are_told() {
    each("exit 0", |outcome| assert_eq!(outcome.exit, Exit::Code(0)));
    each("echo o; echo e >&2; exit 7", |outcome| {
        assert_eq!(
            (&outcome.exit, out(outcome), err(outcome)),
            (&Exit::Code(7), "o".into(), "e".into())
        );
    });
    each("kill -TERM $$", |outcome| assert_eq!(outcome.exit, Exit::Signal(15)));
    each("kill -SEGV $$", |outcome| assert_eq!(outcome.exit, Exit::Signal(11)));
}

#[test]
fn a_program_that_is_not_there_is_told() {
    for sandbox in adapters() {
        let workspace = workspace();
        for argv in [vec![], vec!["no-such-program".to_owned()], vec!["/etc".to_owned()]] {
            let request = SandboxRequest { argv, ..shell(workspace.path(), "") };
            let exit = sandbox.run(&request).unwrap().exit;
            assert!(matches!(exit, Exit::NotStarted(_)), "{exit:?}");
        }
        let request = SandboxRequest { cwd: "missing".into(), ..shell(workspace.path(), "true") };
        assert!(matches!(sandbox.run(&request).unwrap().exit, Exit::NotStarted(_)));
    }
}

#[test]
fn nothing_outlives_the_command() {
    let marker = marker("background");
    for sandbox in adapters() {
        let workspace = workspace();
        let line = format!(
            "(setsid nohup bash -c 'sleep 60; : {marker}' >/dev/null 2>&1 &) ; sleep 0.2; echo done"
        );
        let outcome = sandbox.run(&shell(workspace.path(), &line)).unwrap();
        assert_eq!(out(&outcome), "done");
        assert!(outcome.wall < Duration::from_secs(20));
        assert!(!alive(&marker));
    }
}

#[test]
fn a_loop_without_end_is_stopped_with_all_it_started() {
    let marker = marker("loop");
    for sandbox in adapters() {
        let workspace = workspace();
        let line = format!(
            "trap '' TERM INT HUP; for i in 1 2 3; do (trap '' TERM; while :; do :; done) & done; \
             echo started; while :; do :; done; : {marker}"
        );
        let mut request = shell(workspace.path(), &line);
        request.limits.wall = Duration::from_secs(1);
        let outcome = sandbox.run(&request).unwrap();
        assert_eq!((&outcome.exit, out(&outcome)), (&Exit::TimedOut, "started".to_owned()));
        assert!(outcome.wall < Duration::from_secs(8), "{:?}", outcome.wall);
        assert!(!alive(&marker));
    }
}

#[test]
fn processor_time_is_limited() {
    for sandbox in adapters() {
        let workspace = workspace();
        let mut request = shell(workspace.path(), "trap '' XCPU; while :; do :; done");
        request.limits.cpu_seconds = 1;
        let outcome = sandbox.run(&request).unwrap();
        assert_eq!(outcome.exit, Exit::Signal(9));
    }
}

#[test]
fn a_memory_hog_dies() {
    // Touches what it takes; perl copies, so that twice as much is needed.
    let line = "perl -e '$x = \"a\" x (200 << 20); print length $x'";
    for sandbox in adapters() {
        let workspace = workspace();
        let mut request = shell(workspace.path(), line);
        request.limits.memory_bytes = 128 << 20;
        let outcome = sandbox.run(&request).unwrap();
        assert_eq!((outcome.exit.success(), out(&outcome)), (false, String::new()));
        let memory = sandbox.profile().feature("memory_limit").unwrap();
        if memory.state == FeatureState::Enforced {
            assert_eq!(outcome.exit, Exit::MemoryLimit);
        }
        request.limits.memory_bytes = 1 << 30;
        assert_eq!(out(&sandbox.run(&request).unwrap()), "209715200", "the check itself must work");
    }
}

#[test]
fn many_small_memory_hogs_die_where_a_control_group_counts_them() {
    let hog = "perl -e '$x = \"a\" x (40 << 20); sleep 3; print \"x\"' &";
    let line = format!("{}wait", hog.repeat(8));
    for sandbox in adapters() {
        let memory = sandbox.profile().feature("memory_limit").unwrap();
        if memory.state != FeatureState::Enforced {
            eprintln!("SKIPPED for {}: {}", sandbox.profile().adapter, memory.detail);
            continue;
        }
        let workspace = workspace();
        let mut request = shell(workspace.path(), &line);
        request.limits.memory_bytes = 128 << 20;
        assert!(sandbox.run(&request).unwrap().stdout.len() < 8);
    }
}

#[test]
fn tmp_cannot_be_filled_beyond_the_memory_limit() {
    for sandbox in adapters() {
        let workspace = workspace();
        let line = "head -c 200M /dev/zero > /tmp/big; head -c 200M /dev/zero > /dev/shm/big";
        let mut request = shell(workspace.path(), line);
        request.limits.memory_bytes = 100 << 20;
        assert!(!sandbox.run(&request).unwrap().exit.success());
    }
}

#[test]
fn a_fork_bomb_is_limited_and_leaves_nothing() {
    let marker = marker("bomb");
    for sandbox in adapters() {
        let limit = sandbox.profile().feature("process_limit").unwrap();
        if limit.state != FeatureState::Enforced {
            eprintln!("SKIPPED for {}: {}", sandbox.profile().adapter, limit.detail);
            continue;
        }
        let workspace = workspace();
        let count = "perl -e '$n = 0; while (defined($p = fork)) { if (!$p) { sleep 60; exit } \
                     last if ++$n > 500 } print $n'";
        let mut request = shell(workspace.path(), count);
        request.limits.processes = 40;
        let made: u32 = out(&sandbox.run(&request).unwrap()).parse().unwrap();
        assert!((30..=41).contains(&made), "{made}");

        let bomb = format!("bomb() {{ bomb | bomb & }}; bomb; sleep 60; : {marker}");
        let mut request = shell(workspace.path(), &bomb);
        request.limits =
            Limits { processes: 60, wall: Duration::from_secs(2), ..Limits::default() };
        let started = Instant::now();
        let outcome = sandbox.run(&request).unwrap();
        assert_eq!(outcome.exit, Exit::TimedOut);
        assert!(started.elapsed() < Duration::from_secs(15));
        assert!(!alive(&marker));
    }
}

#[test]
fn a_file_that_grows_too_big_is_stopped() {
    for sandbox in adapters() {
        let workspace = workspace();
        let mut request = shell(workspace.path(), "head -c 3M /dev/zero > big");
        request.limits.file_bytes = 1 << 20;
        assert!(!sandbox.run(&request).unwrap().exit.success());
        assert_eq!(workspace.path().join("big").metadata().unwrap().len(), 1 << 20);
    }
}

#[test]
fn open_files_and_core_dumps_are_limited() {
    for sandbox in adapters() {
        let workspace = workspace();
        let mut request = shell(workspace.path(), "ulimit -n; ulimit -c; ulimit -n 4096");
        request.limits.open_files = 77;
        let outcome = sandbox.run(&request).unwrap();
        assert_eq!((outcome.exit.success(), out(&outcome)), (false, "77\n0".to_owned()));
    }
}

#[test]
fn long_output_is_cut_and_the_command_goes_on() {
    for sandbox in adapters() {
        let workspace = workspace();
        let line = "head -c 5M /dev/zero | tr '\\0' o; echo short >&2; touch finished";
        let mut request = shell(workspace.path(), line);
        request.limits.output_bytes = 1000;
        let outcome = sandbox.run(&request).unwrap();
        assert_eq!(outcome.exit, Exit::Code(0));
        assert_eq!(outcome.stdout, vec![b'o'; 1000]);
        assert_eq!((outcome.stdout_truncated, outcome.stderr_truncated), (true, false));
        assert_eq!(err(&outcome), "short");
        assert!(workspace.path().join("finished").exists());
    }
}

#[test]
fn a_flood_of_output_is_stopped() {
    for sandbox in adapters() {
        let workspace = workspace();
        let mut request = shell(workspace.path(), "yes >&2");
        request.limits.output_bytes = 1000;
        let outcome = sandbox.run(&request).unwrap();
        assert_eq!(outcome.exit, Exit::OutputLimit);
        assert_eq!((outcome.stderr.len(), outcome.stderr_truncated), (1000, true));
    }
}
