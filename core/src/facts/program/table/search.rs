//! Programs that look for files, or for text in them.

use crate::facts::program::reader::find;
use crate::facts::program::reader::text;
use crate::facts::program::row::ABBREVIATES;
use crate::facts::program::row::NUMBERS;
use crate::facts::program::row::RAW;
use crate::facts::program::row::Row;
use crate::facts::program::row::row;

const GREP: &[&str] = &[
    "-EFGPiywxzsvVbnHhoqaILlcTZUu -rR#R -e,regexp=#P -f,file=r#P -m,max-count= -d,directories=U \
         -D,devices= -A,after-context= -B,before-context= -C,context= extended-regexp \
         fixed-strings basic-regexp perl-regexp ignore-case no-ignore-case word-regexp \
         line-regexp null-data no-messages invert-match byte-offset line-number line-buffered \
         with-filename no-filename label= only-matching quiet silent binary-files= text \
         recursive#R dereference-recursive#R include=G exclude= exclude-from=r exclude-dir= \
         files-without-match files-with-matches count initial-tab null group-separator= \
         no-group-separator color=? colour=? binary",
];

const RIPGREP: &[&str] = &[
    "-aFivwxsSHhILlcnNpPqUuVo.0b -e,regexp=#P -f,file=r#P -A,after-context= -B= before-context= \
         -C,context= -g,glob=G -t,type= -T,type-not= -m,max-count= -M,max-columns= -d,max-depth= \
         -j,threads= -r,replace= -E,encoding= -k,kb iglob=G color= colors= column no-column count \
         count-matches crlf no-crlf debug dfa-size-limit= engine= field-context-separator= \
         field-match-separator= context-separator= no-context-separator files#P \
         files-with-matches files-without-match fixed-strings no-fixed-strings follow -L \
         no-follow glob-case-insensitive heading no-heading hidden no-hidden hyperlink-format= \
         ignore-case ignore-file=r ignore-file-case-insensitive include-zero invert-match json \
         no-json line-buffered block-buffered line-number no-line-number line-regexp \
         max-columns-preview max-filesize= mmap no-mmap multiline multiline-dotall no-binary \
         binary no-config no-ignore no-ignore-dot no-ignore-exclude no-ignore-files \
         no-ignore-global no-ignore-messages no-ignore-parent no-ignore-vcs no-messages \
         no-pcre2-unicode no-require-git no-unicode null null-data one-file-system only-matching \
         passthru path-separator= pcre2 pcre2-version pre=p no-pre pre-glob= pretty quiet \
         regex-size-limit= -z,search-zip!loads_code no-search-zip smart-case case-sensitive sort= \
         sortr= stats stop-on-nonmatch text trace trim no-trim type-add=H type-clear= type-list#P \
         unrestricted vimgrep with-filename no-filename word-regexp hostname-bin=p generate= \
         max-depth= maxdepth= auto-hybrid-regex byte-offset",
];

const FD: &[&str] =
    &["-HIuLsiglap0Fqh1V -d,max-depth= -t,type= -e,extension= -E,exclude= -S,size= -c,color= \
         -j,threads= -o,owner= hidden no-ignore no-ignore-vcs no-ignore-parent unrestricted \
         follow case-sensitive ignore-case glob regex fixed-strings absolute-path list-details \
         full-path print0 quiet and= min-depth= exact-depth= changed-within= changed-before= \
         newer= older= max-results= max-buffer-time= show-errors base-directory=g search-path=l \
         path-separator= strip-cwd-prefix=? one-file-system prune ignore-file=r format= \
         hyperlink=? no-require-git relative-path batch-size= -x,exec=X#. -X,exec-batch=X#."];

/// The rows.
#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    row("grep,egrep,fgrep,zgrep,zegrep,zfgrep", "tr*", GREP)
        .shape(ABBREVIATES | NUMBERS)
        .reader(text::grep),
    row("rg,ripgrep", "tr*", RIPGREP).shape(NUMBERS).reader(text::grep),
    row(
        "ag,ack,ack-grep",
        "tr*",
        &["-aciflLnoqQrRsSuUvwzHhxg0k -A,after= -B,before= -C,context= -m,max-count= -G= -p= \
         ignore= ignore-dir= hidden nocolor color nogroup group literal files-with-matches \
         files-without-matches count column depth= follow ignore-case smart-case case-sensitive \
         word-regexp type= -t= -T= stats nobreak break noheading heading numbers filename \
         nofilename vimgrep pager=p output=z ackrc=k python rust js java go cpp cc ruby"],
    )
    .shape(NUMBERS),
    row("find,gfind", "", &[]).shape(RAW).reader(find::read),
    row("fd,fdfind", "", FD).shape(NUMBERS).reader(find::fd),
    row(
        "locate,mlocate,plocate",
        "t*",
        &["-AbceiLnqPpSw0 -d,database=r -l,limit= -r,regexp= regex count existing ignore-case \
         basename quiet"],
    ),
    row("look", "tr", &["-df -t= -a alternative alphanum ignore-case terminate="]),
    row(
        "ls,dir,vdir,gls",
        "l*",
        &["-aAbBcCdDfFgGhHiklLmnNopqQrRsStuUvxXZ1 -I,ignore= -T,tabsize= -w,width= all almost-all \
         author escape block-size= ignore-backups color=? directory dired classify=? file-type \
         format= full-time group-directories-first no-group human-readable si \
         dereference-command-line dereference-command-line-symlink-to-dir hide= hyperlink=? \
         indicator-style= inode kibibytes dereference numeric-uid-gid literal hide-control-chars \
         show-control-chars quote-name quoting-style= reverse recursive size sort= time= \
         time-style= context zero -@ -e -O -W -%"],
    ),
    row(
        "eza,exa,lsd",
        "l*",
        &["-1abBdDfFgGhHilmnrRSTuUxXZ@ -L,level= -s,sort= -I,ignore-glob= -t,time= all long tree \
         git git-ignore icons=? color=? colour=? header links inode oneline recurse reverse \
         group-directories-first no-user no-permissions no-filesize no-time time-style= group \
         classify=? only-dirs only-files total-size"],
    )
    .shape(0),
    row(
        "tree",
        "l*",
        &["-adfilxpsugDFqNQrtcUvACSnJXh -R#R -L= -P= -I= -o=w -H= -T= filelimit= charset= \
         dirsfirst filesfirst noreport prune gitignore gitfile=r infofile=r info matchdirs \
         ignore-case inodes device du si timefmt= sort=? metafirst fromfile fromtabfile nolinks \
         hintro=r houtro=r condense compress= fflinks hyperlink scheme= authority= level="],
    )
    .shape(0)
    .reader(text::tree),
    row(
        "du",
        "l*",
        &["-0abcDhHklLmPsSx -B,block-size= -d,max-depth= -t,threshold= -X,exclude-from=r -I= null \
         all apparent-size bytes total dereference-args files0-from=f human-readable inodes \
         dereference count-links no-dereference separate-dirs si summarize time=? time-style= \
         exclude= one-file-system -g -n"],
    ),
    row(
        "df",
        "l*",
        &["-ahHiklPTv -B,block-size= -t,type= -x,exclude-type= all human-readable si inodes local \
         no-sync output=? portability sync total print-type -g -m -Y -I"],
    ),
    row(
        "stat",
        "l*",
        &["-LfnqrstxFl -c,format= printf= dereference file-system cached= terse"],
    ),
    // A compiled magic file is written beside the one that it is compiled from.
    row(
        "file",
        "r*",
        &["-bcdEhikLlnNprsv0 -zZ#Z -S#Z -m,magic-file=U -e,exclude= \
         exclude-quiet= -f,files-from=f -F,separator= -P,parameter= brief checking-printout -C#C compile#C mime mime-type \
         mime-encoding apple extension keep-going list dereference no-dereference no-buffer \
         no-pad print0 preserve-date raw special-files no-sandbox#Z debug uncompress#Z uncompress-noreport#Z"],
    )
    .reader(text::magic),
    row(
        "realpath,readlink",
        "l*",
        &["-eELmnPqsvz -f canonicalize canonicalize-existing canonicalize-missing logical \
         physical quiet relative-to=l relative-base=l strip no-symlinks zero no-newline silent \
         verbose"],
    ),
    row(
        "which,whereis,type,namei",
        "t*",
        &["-aAbBflmMpPStsuvoxni all read-alias skip-alias skip-dot skip-tilde show-dot show-tilde \
         tty-only read-functions skip-functions"],
    ),
    row(
        "cloc,tokei,scc",
        "l*",
        &["-cfhsVw -e,exclude= -t,type= -o,output= files compact hidden no-ignore sort= json yaml \
         csv md by-file quiet exclude-dir= include-lang= exclude-lang= vcs= git not-match-f= \
         match-f= fullpath no-complexity wide sum-one"],
    )
    .shape(0),
];
