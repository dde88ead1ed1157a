//! Programs that run the command among their words.

use crate::facts::program::reader::find;
use crate::facts::program::reader::wrapper as reader;
use crate::facts::program::row::ABBREVIATES;
use crate::facts::program::row::LOOSE;
use crate::facts::program::row::NO_END;
use crate::facts::program::row::NUMBERS;
use crate::facts::program::row::ONE_DASH;
use crate::facts::program::row::PLUS;
use crate::facts::program::row::RAW;
use crate::facts::program::row::Row;
use crate::facts::program::row::STOPS;
use crate::facts::program::row::row;

const STOP: u16 = STOPS | ABBREVIATES;

/// The rows.
#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    row("env,genv", "", &[
        "-i,ignore-environment#i -0,null -u,unset=U -C,chdir=g -S,split-string=S#. -P=z -a= argv0= \
         -v,debug block-signal=? default-signal=? ignore-signal=? list-signal-handling",
    ]).shape(STOP).reader(reader::env),
    row("printenv", "t*", &["!dumps_environment -0 null"]),
    row("timeout,gtimeout", "tC", &["-fpv -k,kill-after= -s,signal= preserve-status foreground \
         verbose"]).shape(STOP),
    row("nice", "C", &["-n,adjustment="]).shape(STOP | NUMBERS),
    row("nohup,exec,builtin,command,noglob,nocorrect,-", "",
        &["-p -v#v -V#v -a= -c#c -l"]).shape(STOP).reader(reader::command),
    row("time,gtime", "C", &["-pvqVal -f= -o=w portability verbose quiet format= output=w \
         append"]).shape(STOP),
    row("setsid", "C", &["-cfw -V#V ctty fork wait"]).shape(STOP),
    row("ionice", "C", &["-t -c,class= -n,classdata= ignore -p=!controls_processes \
         -P=!controls_processes -u=!controls_processes pid=!controls_processes \
         pgid=!controls_processes uid=!controls_processes"]).shape(STOP),
    row("stdbuf", "C", &["-i,input= -o,output= -e,error="]).shape(STOP),
    row("unbuffer,catchsegv,fakeroot,firejail,dbus-run-session,xvfb-run,dbus-launch,\
         torsocks,proxychains,proxychains4,tsocks,chronic,ts,rlwrap,caffeinate,arch-,linux32,\
         linux64,setarch,i386,x86_64,eatmydata,ccache,sccache,distcc,direnv-exec,aws-vault,envdir,\
         softlimit,setuidgid,dotenv,cgexec,numactl,uncover",
        "C", &["-p -v -q -i -s -a -e=r -f=r -n= -u="]).shape(STOPS).reader(reader::unsure),
    row("chrt", "tC", &["-abdfiormv -R -T= -P= -D= -p=!controls_processes batch deadline fifo \
         idle other rr all-tasks max verbose reset-on-fork sched-runtime= sched-period= \
         sched-deadline= pid=!controls_processes"]).shape(STOP),
    row("taskset", "tC", &["-ac -p!controls_processes all-tasks cpu-list \
         pid!controls_processes"]).shape(STOP),
    row("prlimit", "C", &["-p=!controls_processes pid=!controls_processes -o= output= noheadings \
         raw verbose core=? nofile=? nproc=? as=? cpu=? data=? fsize=? memlock=? rss=? \
         stack=?"]).shape(STOP),
    row("flock", "", &["-sxunoFe -w,timeout= -E,conflict-exit-code= -c,command=c shared exclusive \
         unlock nonblock nb close no-fork verbose wait="])
        .shape(STOP).reader(reader::flock),
    row("xargs,gxargs", "", &[
        "-0oprtx -a,arg-file=r -d,delimiter= -E= -e=? eof=? -I=I#I -i=?I#I replace=?I#I -J=I#I \
         -L,max-lines= -l=? -n,max-args= -P,max-procs= -R= -S= -s,max-chars= null open-tty \
         interactive process-slot-var= no-run-if-empty verbose show-limits exit",
    ]).shape(STOP).reader(reader::xargs),
    row("parallel,rush,sem", "",
        &["-0 -j= -a=r -I= -n= -N= -k -q jobs= arg-file=r keep-order dry-run bar progress eta \
         colsep= delay= halt= joblog=w results=w no-notice will-cite line-buffer lb tag timeout= \
         retries= tmpdir=w -S=h!runs_remotely sshlogin=h!runs_remotely"])
        .shape(STOPS).reader(reader::parallel),
    row("watch,viddy,hyperfine,entr,watchexec,nodemon,cargo-watch,bacon",
        "$", &["-bcgqtxrd -n,interval= beep color differences=? errexit chgexit equexit= precise \
         no-title no-wrap exec -w= warmup= runs= -N -i export-json=w -e= ext= ignore= -S=k \
         shell=k -p=c prepare=c setup=c cleanup=c"])
        .shape(STOPS),
    row("busybox,toybox", "C", &["list#V list-full#V install=?w -s"]).shape(STOPS),
    row("ld.so", "", &["list verify inhibit-cache library-path=x inhibit-rpath= audit=x preload=x \
         argv0= glibc-hwcaps-prepend= glibc-hwcaps-mask="])
        .shape(STOPS).reader(reader::linker),
    row("sudo,gsudo", "", &[
        "!raises_privilege -AbEHnPSNkKlvVBi#i -s#i -e#e -C= -c= -D=g -g= -h= -p= -R=z -r= -T= -t= \
         -U= -u= askpass background bell preserve-env=? edit#e group= set-home host= login#i \
         remove-timestamp reset-timestamp list non-interactive preserve-groups prompt= chroot=z \
         chdir=g role= stdin shell#i type= command-timeout= other-user= user= validate no-update",
    ]).shape(STOP).reader(reader::sudo),
    row("doas,run0,pkexec,dzdo,pfexec,please", "C",
        &["!raises_privilege -Lns -C=k -u= user= keep-cwd disable-internal-agent -g= \
         -a="]).shape(STOPS),
    row("su,runuser,sg", "tt*", &[
        "!raises_privilege -lmpfPT -c,command=c session-command=c -g= -G= -s=x shell=x login \
         preserve-environment fast pty group= supp-group= -w= whitelist-environment= -u=",
    ]).reader(reader::su),
    row("chroot,unshare,nsenter,setpriv,capsh,runcon,bwrap,proot,systemd-nspawn,machinectl,newgrp,\
         minijail0,nsjail", "b*",
        &["!raises_privilege -c=c"])
        .shape(LOOSE | NO_END).reader(reader::rest_runs),
    row("systemd-run,start-stop-daemon,daemonize,screen,tmux,dtach,abduco,zellij,nohup-", "",
        &["!schedules_jobs"])
        .shape(LOOSE).reader(reader::rest_runs),
    row("script,scriptreplay,asciinema,expect,autoexpect", "w", &[
        "-aefqhVr -c,command=c -I=w -O=w -B=w -T=w -t=?w -m= -E= -o= -L log-in=w log-out=w \
         log-io=w log-timing=w timing=?w append return flush force echo= output-limit= quiet \
         logging-format=",
    ]).reader(reader::script),
    row("gdb,lldb", "C", &[
        "!inspects_processes -x=x -ex=y -eval-command=y -command=x -iex=y -ix=x -batch -p= -pid= \
         -args -nx -q -quiet -o=y -s=x -S=x -n -k=y -version#V",
    ]).shape(STOPS | LOOSE | ONE_DASH).reader(reader::fed),
    row("strace,ltrace,valgrind,perf,rr,bpftrace,uftrace,dtrace,dtruss,heaptrack,gcore,\
         kcov", "C", &[
        "!inspects_processes -cCdfFhikqrtTvVwxXyYzZ -e= -o=w -p= -s= -a= -b= -E=v -I= -O= -S= -P= \
         -u= -n= args -l= -A= tool= leak-check= log-file=w trace= string-limit= output=w attach= \
         follow-forks",
    ]).shape(STOPS | LOOSE),
    row("at,batch,crontab,atrm,atq,anacron,fcrontab,schtasks,launchctl", "r*",
        &["!schedules_jobs"]).shape(LOOSE).reader(reader::jobs),
    row("run-parts", "x*", &[]).shape(LOOSE),
    row("coproc,then,else,do,!,while,until,if,elif,{,},(",
        "C", &[]).shape(STOPS | NO_END),
    row("ssh,mosh,autossh,rsh,slogin,dbclient", "h$", &[
        "!runs_remotely !sends_data !fetches_data -46AaCfGgKkMNnqsTtVvXxYy -B= -b= -c= \
         -D=!listens -E=w -e= -F=k -I=o -i=r -J=h -L=!listens -l= -m= -O= -o=k -P= -p= -Q= \
         -R=!listens -S=b -W=h -w=",
    ]).shape(STOPS),
    row("find-exec", "", &[]).shape(RAW | PLUS).reader(find::read),
];
