//! What a command may ask of the kernel.

use std::fs;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;

use bailiwick_runtime::port::sandbox::FeatureState;

use crate::support::adapters;
use crate::support::each;
use crate::support::out;
use crate::support::shell;
use crate::support::workspace;

#[test]
fn the_command_is_nobody_and_has_no_capability() {
    let line = "id -u; grep -E '^(Cap|NoNewPrivs|Seccomp:)' /proc/self/status | tr -d '\\t'";
    each(line, |outcome| {
        let none = "0000000000000000";
        let caps =
            format!("CapInh:{none}\nCapPrm:{none}\nCapEff:{none}\nCapBnd:{none}\nCapAmb:{none}");
        assert_eq!(out(outcome), format!("65534\n{caps}\nNoNewPrivs:1\nSeccomp:2"));
    });
}

#[test]
fn every_protection_that_the_profile_names_is_enforced_or_said_to_be_weak() {
    for sandbox in adapters() {
        let profile = sandbox.profile();
        let names: Vec<_> = profile.features.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(
            names,
            [
                "network_isolated",
                "user",
                "processes_hidden",
                "system_read_only",
                "capabilities_dropped",
                "no_new_privileges",
                "landlock",
                "seccomp",
                "memory_limit",
                "process_limit",
                "cpu_file_limits"
            ]
        );
        for weak in profile.weak() {
            eprintln!("{}: {} is {:?}: {}", profile.adapter, weak.name, weak.state, weak.detail);
            assert!(weak.name.ends_with("_limit") || weak.name == "landlock");
            assert_ne!(weak.state, FeatureState::Enforced);
        }
    }
}

#[test]
fn mounts_and_namespaces_are_refused() {
    for line in [
        "mount -t tmpfs none /tmp",
        "mount --bind /tmp /usr",
        "umount /proc",
        "unshare --user true",
        "unshare --mount true",
        "unshare --net true",
        "nsenter --target 1 --mount true",
        "chroot /tmp true",
        "hostname other",
    ] {
        each(line, |outcome| assert!(!outcome.exit.success(), "{line}"));
    }
}

#[test]
fn the_name_of_the_host_is_neither_shown_nor_changed() {
    let before = fs::read_to_string("/proc/sys/kernel/hostname").unwrap();
    each("hostname; hostname stolen; echo stolen > /proc/sys/kernel/hostname", |outcome| {
        assert_eq!(out(outcome), "sandbox");
    });
    assert_eq!(fs::read_to_string("/proc/sys/kernel/hostname").unwrap(), before);
}

#[test]
fn settings_of_the_host_kernel_cannot_be_written() {
    let before = fs::read_to_string("/proc/sys/kernel/core_pattern").unwrap();
    let line = "echo /stolen > /proc/sys/kernel/core_pattern; echo $?; \
                echo 1 > /proc/self/oom_score_adj; echo $?; head -c1 /proc/kcore; echo $?";
    each(line, |outcome| assert_eq!(out(outcome), "1\n1\n1"));
    assert_eq!(fs::read_to_string("/proc/sys/kernel/core_pattern").unwrap(), before);
}

#[test]
fn what_proc_tells_about_the_machine_is_hidden() {
    for file in ["kallsyms", "keys", "slabinfo", "timer_list"] {
        if fs::exists(format!("/proc/{file}")).unwrap() {
            each(&format!("cat /proc/{file}"), |outcome| {
                assert_eq!(
                    (outcome.exit.success(), out(outcome)),
                    (false, String::new()),
                    "{file}"
                );
            });
        }
    }
}

#[cfg(target_arch = "x86_64")]
#[test]
fn system_calls_that_lead_out_are_refused() {
    const EPERM: i32 = 1;
    const ENOSYS: i32 = 38;
    // Name, number, arguments, answer. 0x40000000 marks a call of the x32 interface.
    for (name, number, arguments, answer) in [
        ("ptrace(TRACEME)", 101, "0,0,0,0", EPERM),
        ("process_vm_readv", 310, "1,0,0,0,0,0", EPERM),
        ("pidfd_getfd", 438, "0,0,0", EPERM),
        ("mount", 165, "0,0,0,0,0", EPERM),
        ("open_tree", 428, "-100,0,0", EPERM),
        ("fsopen", 430, "0,0", EPERM),
        ("pivot_root", 155, "0,0", EPERM),
        ("unshare(NEWUSER)", 272, "0x10000000", EPERM),
        ("setns", 308, "0,0", EPERM),
        ("clone(NEWUSER)", 56, "0x10000011,0,0,0,0", EPERM),
        ("clone3", 435, "0,0", ENOSYS),
        ("openat2", 437, "0,0,0,0", ENOSYS),
        ("bpf", 321, "0,0,0", EPERM),
        ("perf_event_open", 298, "0,0,-1,-1,0", EPERM),
        ("userfaultfd", 323, "0", EPERM),
        ("io_uring_setup", 425, "1,0", EPERM),
        ("keyctl", 250, "0,0,0,0,0", EPERM),
        ("add_key", 248, "0,0,0,0,0", EPERM),
        ("kexec_load", 246, "0,0,0,0", EPERM),
        ("init_module", 175, "0,0,0", EPERM),
        ("open_by_handle_at", 304, "0,0,0", EPERM),
        ("socket(INET)", 41, "2,1,0", EPERM),
        ("socket(INET6)", 41, "10,2,0", EPERM),
        ("socket(NETLINK)", 41, "16,3,0", EPERM),
        ("socket(PACKET)", 41, "17,3,0", EPERM),
        ("socket(VSOCK)", 41, "40,1,0", EPERM),
        ("ioctl(TIOCSTI)", 16, "0,0x5412,0", EPERM),
        ("ioctl(TIOCSTI), high bits set", 16, "0,0x100005412,0", EPERM),
        ("x32 getpid", 0x4000_0027, "", EPERM),
    ] {
        let arguments = if arguments.is_empty() { String::new() } else { format!(",{arguments}") };
        let line =
            format!("perl -e '$r = syscall({number}{arguments}); print $r < 0 ? $!+0 : \"ok\"'");
        each(&line, |outcome| assert_eq!(out(outcome), answer.to_string(), "{name}"));
    }
    each("perl -e 'print syscall(39) > 0 ? \"ok\" : $!+0'", |outcome| {
        assert_eq!(out(outcome), "ok", "the check itself must work");
    });
}

#[test]
fn a_set_user_id_file_cannot_be_made() {
    for line in [
        "touch f; chmod u+s f",
        "touch f; chmod g+s f",
        "touch f; chmod 6755 f",
        "mkdir -m 2755 f",
        "perl -MFcntl -e 'sysopen(F, \"f\", O_CREAT|O_WRONLY, 04755) or exit 1'",
        "install -m 4755 /usr/bin/id f",
    ] {
        for sandbox in adapters() {
            let workspace = workspace();
            let outcome = sandbox.run(&shell(workspace.path(), line)).unwrap();
            assert!(!outcome.exit.success(), "{line}");
            let made = fs::metadata(workspace.path().join("f"));
            assert!(made.is_err() || made.unwrap().permissions().mode() & 0o6000 == 0, "{line}");
        }
    }
    each("touch f; chmod 755 f; stat -c %a f", |outcome| assert_eq!(out(outcome), "755"));
}

#[test]
fn a_set_user_id_program_gains_nothing() {
    for sandbox in adapters() {
        let workspace = workspace();
        let program = workspace.path().join("id");
        fs::copy("/usr/bin/id", &program).unwrap();
        fs::set_permissions(&program, Permissions::from_mode(0o6755)).unwrap();
        let outcome = sandbox.run(&shell(workspace.path(), "./id -u; ./id -ru")).unwrap();
        assert_eq!(out(&outcome), "65534\n65534");
    }
}
