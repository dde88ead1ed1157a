//! Programs that make, copy, move, change and remove files.

use crate::facts::program::reader::archive;
use crate::facts::program::reader::file as reader;
use crate::facts::program::reader::wrapper;
use crate::facts::program::row::ABBREVIATES;
use crate::facts::program::row::LOOSE;
use crate::facts::program::row::NUMBERS;
use crate::facts::program::row::RAW;
use crate::facts::program::row::Row;
use crate::facts::program::row::row;

/// The rows.
#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    row("rm,grm,srm", "d*", &[
        "-f,force#F -rR,recursive#R -iIdvPW interactive=? one-file-system no-preserve-root \
         preserve-root=? dir verbose",
    ]),
    row("rmdir", "d*", &["-pv ignore-fail-on-non-empty parents verbose"]),
    row("unlink,trash,trash-put,gio-trash", "d*", &["-v -f#F -r#R"]),
    row("shred", "w*", &[
        "-fvxz force -n,iterations= random-source=r -s,size= verbose exact zero -u#U remove=?#U",
    ]).reader(reader::shred),
    row("truncate", "w*", &["-co no-create io-blocks -r,reference=l -s,size="]),
    row("fallocate", "w*", &[
        "-cdinpvxz -l,length= -o,offset= collapse-range dig-holes insert-range keep-size \
         punch-hole zero-range posix verbose",
    ]),
    row("touch", "w*", &[
        "-acfhm no-create -d,date= no-dereference -r,reference=l -t= time= -A=",
    ]),
    row("mkdir", "w*", &["-pvZ -m,mode= parents verbose context=?"]),
    row("mkfifo", "w*", &["-Z -m,mode= context=?"]),
    row("mknod", "wt*", &["!opens_device -Z -m,mode= context=?"]),
    row("mktemp", "w", &["-duqt -V -p=w tmpdir=?w directory dry-run quiet suffix="]),
    row("cp,gcp", "r*w", &[
        "-abdfiHlLnPpRrsTuvxZX archive attributes-only backup=? copy-contents force interactive \
         link dereference no-clobber no-dereference preserve=? no-preserve= parents recursive \
         reflink=? remove-destination sparse= strip-trailing-slashes symbolic-link -S,suffix= \
         -t,target-directory=w#T no-target-directory update=? verbose one-file-system context=? \
         debug -c",
    ]).reader(reader::into_folder),
    row("mv,gmv", "A*w", &[
        "-bfinTuvZ backup=? force interactive no-clobber strip-trailing-slashes -S,suffix= \
         -t,target-directory=w#T no-target-directory update=? verbose context exchange no-copy \
         debug",
    ]).reader(reader::moved),
    row("rename,prename,file-rename", "zw*",
        &["-vnofi -s= verbose no-act"]).shape(LOOSE),
    row("install,ginstall", "r*w", &[
        "-bcCDpTvZ -d,directory#D backup=? compare -g,group= -m,mode=U -o,owner= \
         preserve-timestamps -s strip strip-program=p -S,suffix= -t,target-directory=w#T \
         no-target-directory verbose preserve-context context=?",
    ]).reader(reader::install),
    row("ln,gln,link", "A*w", &[
        "-bdFfiLnPrsTv backup=? directory force interactive logical no-dereference physical \
         relative symbolic -S,suffix= -t,target-directory=w#T no-target-directory verbose",
    ]).reader(reader::linked),
    row("dd", "", &[]).shape(RAW).reader(reader::dd),
    row("chmod,gchmod", "Uw*", &[
        "!changes_permissions -cfvRhHLP changes silent quiet verbose no-preserve-root \
         preserve-root reference=l#P recursive dereference no-dereference -rwxXst=?U#P",
    ]).shape(ABBREVIATES).reader(reader::chmod),
    row("chown,chgrp,lchown", "tw*", &[
        "!changes_permissions -cfhHLPRv changes dereference no-dereference from= no-preserve-root \
         preserve-root silent quiet reference=l#P recursive verbose",
    ]),
    row("setfacl", "w*", &[
        "!changes_permissions -bkndRLPv -m,modify= -M,modify-file=r -x,remove= -X,remove-file=r \
         set= set-file=r remove-all remove-default no-mask mask default recursive logical \
         physical restore=r test",
    ]),
    row("getfacl", "l*", &["-acdeEsRLPtpn access omit-header recursive absolute-names"]),
    row("chattr,chflags,xattr,setfattr", "tw*", &["!changes_permissions"]).shape(LOOSE),
    row("lsattr,getfattr", "l*", &["-RVadlpvhLP -m= -n= -e= dump only-values"]),
    row("setcap", "tw*", &["!raises_privilege !changes_permissions"]).shape(LOOSE),
    row("getcap", "l*", &["-rvn -h"]),
    row("tar,gtar,bsdtar", "", &[
        "-jJzZapPkmSvwWlUhoniBM0 -c,create#c -x,extract,get#x -t,list#t -r,append#r -u,update#u \
         -A,catenate,concatenate#A -d,diff,compare#d -O,to-stdout#O -C,directory=D -f,file=F \
         -b,blocking-factor= -T,files-from=f -X,exclude-from=r -I,use-compress-program=p -F=c \
         new-volume-script=c info-script=c listed-incremental=w index-file=w volno-file=w \
         newer-mtime= after-date= label= to-command=c checkpoint-action=Q checkpoint=? \
         rsh-command=p rmt-command=p -g=w -K,starting-file= -L,tape-length= -N,newer= -V=t \
         -H,format= delete#u add-file=r auto-compress backup=? suffix= bzip2 gzip gunzip ungzip \
         xz zstd compress uncompress exclude= exclude-vcs dereference keep-old-files \
         keep-newer-files overwrite unlink-first remove-files#X skip-old-files mode= owner= \
         group= mtime= numeric-owner same-owner no-same-owner same-permissions \
         preserve-permissions no-same-permissions sparse sort= strip-components= transform=Z \
         xform=Z -s=Z verbose verify wildcards ignore-case no-ignore-case null no-null recursion \
         absolute-names one-file-system posix ignore-failed-read ignore-zeros warning= touch \
         one-top-level=?w -G set-mtime-command=c",
    ]).reader(archive::tar),
    row("zip", "wr*", &[
        "-0123456789ABDFgGhjJklLoqruvwXyzZSUecdfTxi -m#X -b=w -t= -n= -P= -O,out=w test \
         unzip-command=c recurse-paths junk-paths encrypt password= quiet verbose symlinks move#X \
         exclude= include= update freshen delete",
    ]).shape(NUMBERS).reader(archive::zip),
    row("unzip", "rt*", &[
        "-aAbBCDfFjKLMnNoqQrsSTuUVX:1ih -ltvpcZz#L -d=w#D -x=t -P=",
    ]).shape(0).reader(archive::unzip),
    row("zipinfo,unrar-list,lsar", "rt*", &["-12hlmMstTvzCx"]).shape(0),
    row("7z,7za,7zr,rar,unrar,cpio,pax,ar,jar,lha,arj", "b*",
        &["-F=b -f=b -d#F"])
        .shape(LOOSE),
    row("gzip,gunzip,bzip2,bunzip2,xz,unxz,lzma,zstd,unzstd,lz4,compress,uncompress,pigz,brotli",
        "A*", &[
        "-123456789aefhLnNqrRvzV -c,stdout#O -d,decompress uncompress -k,keep -l,list#O -t,test#O \
         to-stdout#O force quiet verbose fast best recursive rsyncable no-name name -S,suffix= \
         extreme threads= -T= format= memory= -M= check= -o=w rm ultra single-stream memlimit= \
         long=? adapt -D=r ignore-crc32 ascii",
    ]).shape(ABBREVIATES | NUMBERS).reader(archive::in_place),
    row("patch", "wr", &[
        "-bcflnNRstTuvZ -i,input=r -p,strip= -d,directory=D -o,output=w -r,reject-file=w \
         -B,prefix= -D,ifdef= -F,fuzz= -g,get= -V,version-control= -Y,basename-prefix= -z,suffix= \
         -x,debug= backup backup-if-mismatch no-backup-if-mismatch batch binary context dry-run#O \
         ed#E -e#E force forward ignore-whitespace merge=? normal posix quiet silent \
         reject-format= remove-empty-files reverse set-time set-utc unified verbose \
         follow-symlinks quoting-style= read-only= -E",
    ]).reader(reader::patch),
    row("ed,red,ex", "b*", &["!opens_interactive -p= -s -v -r -G -c=z cmd=z -u=x -S=x"])
        .shape(LOOSE).reader(wrapper::fed),
    row("vi,vim,nvim,view,gvim,emacs,emacsclient,nano,pico,micro,joe,kak,hx,code,\
         subl,mcedit",
        "b*", &["!opens_interactive -c=z -S=x cmd=z -u=x -w=w -s=z eval=y -l=x load=x -q= -t="])
        .shape(LOOSE).reader(wrapper::typed),
    row("rsync", "m*M", &[
        "-vqcrRbuldLkHpEAXogDtUNOJSnWxmhiPzyCKI0sajT46 verbose quiet checksum archive recursive#R \
         relative backup backup-dir=w suffix= update inplace dirs links copy-links chmod= dry-run \
         one-file-system -B= -e,rsh=p rsync-path=c existing ignore-existing remove-source-files#X \
         del#X delete#X delete-before#X delete-during#X delete-after#X delete-excluded#X force \
         partial prune-empty-dirs numeric-ids chown= timeout= ignore-times size-only -@= \
         compare-dest=r copy-dest=r link-dest=r compress cvs-exclude -f,filter= -F exclude= \
         exclude-from=r include= include-from=r files-from=f port= stats human-readable progress \
         itemize-changes remote-option= -M= out-format= log-file=w password-file=r list-only \
         bwlimit= ipv4 ipv6 daemon!listens config=x info= debug= mkpath no-perms no-owner no-group",
    ]).reader(reader::rsync),
    row("sync", "l*", &["-df data file-system"]),
];
