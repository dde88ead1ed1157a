//! Shells, and interpreters of other languages.

use crate::facts::program::reader::code;
use crate::facts::program::reader::shell;
use crate::facts::program::row::LOOSE;
use crate::facts::program::row::ONE_DASH;
use crate::facts::program::row::RAW;
use crate::facts::program::row::Row;
use crate::facts::program::row::STOPS;
use crate::facts::program::row::row;

/// The rows; what an interpreter reads without a file or code in its words is its input.
#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    row("bash,sh,zsh,dash,ksh,mksh,ash,rbash,ksh93,yash,posh,oksh,hush", "",
        &[]).shape(RAW).reader(shell::read),
    row("fish,csh,tcsh,nu,elvish,xonsh,ion,rc,es", "xt*", &[
        "-c=c#.P!executes_inline_code command=c#.P!executes_inline_code \
         commands=c#.P!executes_inline_code -C=y init-command=y -i!opens_interactive \
         interactive!opens_interactive -l -f -v#V -n -x -N -P version#V login no-config config=x \
         env-config=x",
    ]).shape(STOPS | LOOSE).reader(code::interpreter),
    row("cmd", "t$", &[]).shape(LOOSE | STOPS),
    row("pwsh,powershell", "xt*", &[
        "-c=y#.P -Command=y#.P -command=y#.P -EncodedCommand=y#.P -e=y#.P -enc=y#.P -File=x#.P \
         -f=x#.P -NoProfile -NonInteractive -NoLogo -ExecutionPolicy= -Version#V -v#V version#V \
         -WorkingDirectory=g",
    ]).shape(STOPS | LOOSE | ONE_DASH).reader(code::interpreter),
    row("python,python2,python3,pypy,pypy3,ipython,micropython", "xt*", &[
        "-BbdEIOqRsStuvx -V#V -h#V -i!opens_interactive -c=y#.P -m=N#.P -W= -X=k \
         check-hash-based-pycs= help-env help-xoptions",
    ]).shape(STOPS).reader(code::python),
    row("perl", "xt*", &[
        "-acfnpsStTuUwWX -v#V -V=?#V -h#V -e=y#P -E=y#P -i=?#I -M=o -m=o -I=x -C=? -d=?o -D=? \
         -F=? -l=? -0=? -x=?g",
    ]).shape(STOPS).reader(code::in_place_code),
    row("ruby,jruby", "xt*", &[
        "-acdlnpsSUwy -v#V -h#V -e=y#P -i=?#I -r=o -I=x -C=g -E= -F= -0=? -K=? -T=? -W=? -x=?g \
         version#V help yjit jit encoding= external-encoding= internal-encoding= disable= enable= \
         verbose copyright debug yydebug",
    ]).shape(STOPS).reader(code::in_place_code),
    row("node,nodejs", "xt*", &[
        "-v#V -h#V -i!opens_interactive -e=y#P eval=y#P -p=y#P print=y#P -pe=y#P -c,check#K -r=x \
         require=x import=x -C= conditions= loader=x experimental-loader=x env-file=r test#T \
         test-name-pattern= test-reporter=o test-timeout= test-only experimental-test-coverage \
         watch run=R#P inspect=?!listens inspect-brk=?!listens max-old-space-size= trace-warnings \
         no-warnings input-type= experimental-vm-modules enable-source-maps cpu-prof heap-prof \
         prof permission unhandled-rejections= use-system-ca expose-gc v8-options#V",
    ]).shape(STOPS | ONE_DASH).reader(code::node),
    row("deno,bun", "b*", &[
        "!executes_inline_code -V#V version#V -h#V help -v#V revision#V",
    ]).shape(LOOSE).reader(code::toolkit),
    row("php,hhvm", "xt*", &[
        "-anqCHswz -v#V -h#V -m#V -i#V -r=y#P -R=y#P -B=y -E=y -F=x#P -f=x#P -l#K -c=k -d=k -e \
         -t=g -S=#P!listens ini#V rf= rc= re= version#V",
    ]).shape(STOPS).reader(code::interpreter),
    row("lua,luajit,texlua", "xt*",
        &["-iEWb -v#V -e=y#P -l=o -j=o"]).shape(STOPS).reader(code::interpreter),
    row("java,javaw", "ot*", &[
        "-version#V version#V -help#V help#V -h#V -showversion show-version -jar=x#P. -cp=C \
         -classpath=C class-path=C -p=C module-path=C -m=o#P. module=o#P. source= -D=D#g -X=z#g \
         -XX=z#g -javaagent:=x#g -agentlib:=o#g -agentpath:=x#g -ea#g -enableassertions -da#g \
         -esa -dsa -server -client -verbose#g add-modules= add-opens= add-exports= add-reads= \
         list-modules#V enable-preview dry-run -Xmx=#g -Xms=#g -Xss=#g limit-modules= \
         patch-module=x upgrade-module-path=C enable-native-access= describe-module=",
    ]).shape(STOPS | ONE_DASH).reader(code::java),
    row("osascript,rscript,julia,tclsh,wish,jshell,groovy,scala,ghci,runghc,runhaskell,\
         irb,pry,erl,elixir,iex,guile,sbcl,racket,ocaml,m4,clojure,clj,bb,janet,swipl,octave,\
         matlab,nim,crystal,dart,ts-node,tsx,coffee,rdmd,gjs,qjs,d8,jsc,escript,gforth,bc,dc,\
         gnuplot,maxima,sage,emacs-script,rails,artisan,jupyter,ipython3",
        "xt*", &["-V#V -v#V version#V -h#V help#V -e=y#P -E=y#P eval=y#P -c=y#P exec=y#P -p=y \
         -g=y -f=x#P -r=o -i!opens_interactive execute=y#P -q -s -n -w"])
        .shape(STOPS | LOOSE).reader(code::interpreter),
    row("sqlite3,sqlite,duckdb", "b*",
        &["!executes_inline_code -cmd=y -init=x -f=x"]).shape(LOOSE | ONE_DASH)
        .reader(code::database),
    row("psql,pg_dump,pg_restore,mysql,mysqldump,mariadb,redis-cli,mongosh,mongo,\
         cqlsh,clickhouse-client,sqlcmd,sqlplus,influx",
        "b*", &["!executes_inline_code !changes_cloud !fetches_data !sends_data -f=x file=x -o=w \
         output=w -h=h host=h"]).shape(LOOSE),
];
