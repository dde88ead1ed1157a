//! The system call filter: what a build or a test never needs and an escape might.

use std::collections::BTreeMap;
use std::io;

use seccompiler::BpfProgram;
use seccompiler::SeccompAction;
use seccompiler::SeccompCmpArgLen;
use seccompiler::SeccompCmpOp;
use seccompiler::SeccompCondition;
use seccompiler::SeccompFilter;
use seccompiler::SeccompRule;
use seccompiler::sock_filter;

/// Puts the calling thread, and what it starts, under the filters. There is no way back.
pub(crate) fn apply() -> io::Result<()> {
    for program in programs().map_err(io::Error::other)? {
        seccompiler::apply_filter(&program).map_err(io::Error::other)?;
    }
    Ok(())
}

/// Returns the filters, each of which may refuse; the kernel takes the strictest answer.
fn programs() -> Result<Vec<BpfProgram>, seccompiler::BackendError> {
    let arch = std::env::consts::ARCH.try_into()?;
    let denied = denied()?;
    let refuse = SeccompAction::Errno(libc::EPERM as u32);
    let filter = SeccompFilter::new(denied, SeccompAction::Allow, refuse, arch)?;
    // These pass flags and modes by pointer, which a filter cannot read: callers fall back to the
    // older calls that it can.
    let hidden = [libc::SYS_clone3, libc::SYS_openat2].map(|call| (call, Vec::new()));
    let absent = SeccompAction::Errno(libc::ENOSYS as u32);
    let hidden = SeccompFilter::new(hidden.into(), SeccompAction::Allow, absent, arch)?;
    let mut programs = vec![filter.try_into()?, hidden.try_into()?];
    if cfg!(target_arch = "x86_64") {
        programs.push(no_x32());
    }
    Ok(programs)
}

fn denied() -> Result<BTreeMap<i64, Vec<SeccompRule>>, seccompiler::BackendError> {
    let mut rules: BTreeMap<i64, Vec<SeccompRule>> =
        ALWAYS.iter().map(|call| (*call, Vec::new())).collect();
    for call in [libc::SYS_socket, libc::SYS_socketpair] {
        rules.insert(call, vec![when(0, SeccompCmpOp::Ne, libc::AF_UNIX as u64)?]);
    }
    let mut new_namespace = Vec::new();
    for flag in NEW_NAMESPACE {
        let flag = *flag as u64;
        new_namespace.push(when(0, SeccompCmpOp::MaskedEq(flag), flag)?);
    }
    rules.insert(libc::SYS_clone, new_namespace);
    // Pushing characters into the terminal of whoever started the runtime.
    let terminal = [libc::TIOCSTI, libc::TIOCLINUX, libc::TIOCSETD];
    let terminal = terminal.iter().map(|request| when(1, SeccompCmpOp::Eq, *request));
    rules.insert(libc::SYS_ioctl, terminal.collect::<Result<_, _>>()?);
    // Making a file that runs as its owner or group for whoever starts it outside.
    for (call, flags, mode) in MODE_SETTING {
        let mut chain = Vec::new();
        for bit in [S_ISUID, S_ISGID] {
            let mut conditions = vec![condition(*mode, SeccompCmpOp::MaskedEq(bit), bit)?];
            if let Some((argument, flag)) = flags {
                conditions.push(condition(*argument, SeccompCmpOp::MaskedEq(*flag), *flag)?);
            }
            chain.push(SeccompRule::new(conditions)?);
        }
        rules.entry(*call).or_default().extend(chain);
    }
    Ok(rules)
}

fn when(
    argument: u8,
    operator: SeccompCmpOp,
    value: u64,
) -> Result<SeccompRule, seccompiler::BackendError> {
    SeccompRule::new(vec![condition(argument, operator, value)?])
}

fn condition(
    argument: u8,
    operator: SeccompCmpOp,
    value: u64,
) -> Result<SeccompCondition, seccompiler::BackendError> {
    SeccompCondition::new(argument, SeccompCmpArgLen::Dword, operator, value)
}

/// Refuses every call of the x32 interface, whose numbers would slip past the other filters.
fn no_x32() -> BpfProgram {
    let statement = |code: u32, k: u32| sock_filter { code: code as u16, jt: 0, jf: 0, k };
    vec![
        statement(libc::BPF_LD | libc::BPF_W | libc::BPF_ABS, 0),
        sock_filter {
            code: (libc::BPF_JMP | libc::BPF_JGE | libc::BPF_K) as u16,
            jt: 0,
            jf: 1,
            k: X32_BIT,
        },
        statement(libc::BPF_RET | libc::BPF_K, libc::SECCOMP_RET_ERRNO | libc::EPERM as u32),
        statement(libc::BPF_RET | libc::BPF_K, libc::SECCOMP_RET_ALLOW),
    ]
}

const X32_BIT: u32 = 0x4000_0000;
const S_ISUID: u64 = 0o4000;
const S_ISGID: u64 = 0o2000;

const NEW_NAMESPACE: &[libc::c_int] = &[
    libc::CLONE_NEWCGROUP,
    libc::CLONE_NEWIPC,
    libc::CLONE_NEWNET,
    libc::CLONE_NEWNS,
    libc::CLONE_NEWPID,
    libc::CLONE_NEWUSER,
    libc::CLONE_NEWUTS,
];

/// A call, the argument and bit that make it set a mode (`None`: always), the mode argument.
type ModeSetting = (libc::c_long, Option<(u8, u64)>, u8);

/// Calls that set a file mode.
const MODE_SETTING: &[ModeSetting] = &[
    #[cfg(target_arch = "x86_64")]
    (libc::SYS_chmod, None, 1),
    (libc::SYS_fchmod, None, 1),
    (libc::SYS_fchmodat, None, 2),
    (FCHMODAT2, None, 2),
    #[cfg(target_arch = "x86_64")]
    (libc::SYS_creat, None, 1),
    #[cfg(target_arch = "x86_64")]
    (libc::SYS_open, Some((1, libc::O_CREAT as u64)), 2),
    #[cfg(target_arch = "x86_64")]
    (libc::SYS_open, Some((1, TMPFILE)), 2),
    (libc::SYS_openat, Some((2, libc::O_CREAT as u64)), 3),
    (libc::SYS_openat, Some((2, TMPFILE)), 3),
    #[cfg(target_arch = "x86_64")]
    (libc::SYS_mkdir, None, 1),
    (libc::SYS_mkdirat, None, 2),
    #[cfg(target_arch = "x86_64")]
    (libc::SYS_mknod, None, 1),
    (libc::SYS_mknodat, None, 2),
];

/// `O_TMPFILE` without the bit that it shares with `O_DIRECTORY`.
const TMPFILE: u64 = (libc::O_TMPFILE & !libc::O_DIRECTORY) as u64;

/// The same on every architecture; too new for the libc crate on some.
const FCHMODAT2: libc::c_long = 452;

const ALWAYS: &[libc::c_long] = &[
    // Other processes' memory and registers.
    libc::SYS_ptrace,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_process_madvise,
    libc::SYS_pidfd_getfd,
    libc::SYS_kcmp,
    // Mounts and namespaces.
    libc::SYS_mount,
    libc::SYS_umount2,
    libc::SYS_pivot_root,
    libc::SYS_chroot,
    libc::SYS_open_tree,
    libc::SYS_move_mount,
    libc::SYS_mount_setattr,
    libc::SYS_fsopen,
    libc::SYS_fsconfig,
    libc::SYS_fsmount,
    libc::SYS_fspick,
    libc::SYS_unshare,
    libc::SYS_setns,
    libc::SYS_open_by_handle_at,
    // Ways past the filter or into the kernel's most attacked parts.
    libc::SYS_io_uring_setup,
    libc::SYS_io_uring_enter,
    libc::SYS_io_uring_register,
    libc::SYS_bpf,
    libc::SYS_perf_event_open,
    libc::SYS_userfaultfd,
    libc::SYS_fanotify_init,
    libc::SYS_personality,
    // Keys, which no namespace separates.
    libc::SYS_add_key,
    libc::SYS_request_key,
    libc::SYS_keyctl,
    // The machine itself.
    libc::SYS_init_module,
    libc::SYS_finit_module,
    libc::SYS_delete_module,
    libc::SYS_kexec_load,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_kexec_file_load,
    libc::SYS_reboot,
    libc::SYS_swapon,
    libc::SYS_swapoff,
    libc::SYS_acct,
    libc::SYS_quotactl,
    libc::SYS_syslog,
    libc::SYS_settimeofday,
    libc::SYS_clock_settime,
    libc::SYS_adjtimex,
    libc::SYS_clock_adjtime,
    libc::SYS_sethostname,
    libc::SYS_setdomainname,
    libc::SYS_vhangup,
    libc::SYS_migrate_pages,
    libc::SYS_move_pages,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_modify_ldt,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_iopl,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_ioperm,
];
