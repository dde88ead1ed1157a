//! What the shell does itself.

use crate::facts::program::reader::builtin as reader;
use crate::facts::program::reader::wrapper;
use crate::facts::program::row::LOOSE;
use crate::facts::program::row::NO_END;
use crate::facts::program::row::NUMBERS;
use crate::facts::program::row::PLUS;
use crate::facts::program::row::RAW;
use crate::facts::program::row::Row;
use crate::facts::program::row::STOPS;
use crate::facts::program::row::row;

/// The rows.
#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    row("cd,chdir", "l", &["-LPe@"]).shape(STOPS),
    row("pushd,popd,dirs", "l*", &["-ncplv"]).shape(NUMBERS | PLUS),
    row("pwd,whoami,logname,tty,groups,arch,nproc,uptime,sleep,usleep,cal,ncal", "t*",
        &["-LPspq -a all ignore= silent quiet pretty since logical physical -y -3 -1 -m= -j -w \
         -h"]),
    row("exit,return,break,continue,shift,wait,jobs,times,fg,bg,suspend,logout,caller", "t*",
        &["-lnprsxf"]).shape(STOPS | NUMBERS),
    row("disown", "t*", &["-har"]).shape(STOPS),
    row("kill,pkill,killall,killall5,skill,snice,renice,xkill,fuser,taskkill", "t*",
        &["!controls_processes"]).shape(LOOSE),
    row("test,[", "", &[]).shape(RAW).reader(reader::test),
    row("[[,((", "", &[]).shape(RAW),
    row("printf", "t*", &["-v=N"]).shape(STOPS).reader(reader::names),
    row("mapfile,readarray", "N*", &["-t -d= -n= -O= -s= -u= -c= \
         -C=z"]).shape(STOPS).reader(reader::names),
    row("read", "N*", &["-ers -a=N -d= -i= -n= -N= -p= -t= \
         -u="]).shape(STOPS).reader(reader::names),
    row("let", "Y*", &[]).shape(RAW).reader(reader::arithmetic),
    row("export,declare,typeset,local,readonly", "v*",
        &["-aAfFgIlrtupx -i#i -n#n"]).shape(STOPS | PLUS).reader(reader::declare),
    row("unset", "N*", &["-fvn"]).shape(STOPS).reader(wrapper::unset),
    row("getopts", "tNt*", &[]).shape(STOPS).reader(reader::names),
    row("set", "", &[]).shape(RAW).reader(reader::set),
    row("shopt,setopt,unsetopt", "t*", &["!changes_shell"]).shape(LOOSE),
    row("alias", "A*", &["-p"]).shape(STOPS).reader(reader::alias),
    row("unalias,enable,bind,complete,compgen,compopt,hash,zmodload,autoload,emulate,\
         zle,bindkey,compdef,functions,disable,zcompile,zstyle,sched,ztcp,zpty,zselect,\
         zsystem,sysopen,syswrite,sysread",
        "t*", &["!changes_shell -a -r -t -l -d -p=x -f=x -C=c -F=z -x=c -A= -W= -P= -S= \
         -o="]).shape(LOOSE),
    row("trap", "t*", &["-lp"]).shape(STOPS).reader(reader::trap),
    row("umask", "t", &["-pS"]).shape(STOPS),
    row("ulimit", "t*", &["-SHabcdefiklmnpqrstuvxPRT"]).shape(STOPS),
    row("eval", "$", &[]).shape(STOPS),
    row("source,.", "xt*", &["-p=z"]).shape(STOPS),
    row("fc,history,r", "z*", &["!changes_shell"]).shape(LOOSE | NO_END),
    row("help,man,info,apropos,whatis,tldr", "t*",
        &["-dmkfaw -P=p pager=p -H=?p html=?p -C=k config-file=k -l -K local-file=r -s= \
         -M=r"]).shape(LOOSE),
];
