//! Programs that build, check and test projects.

use crate::facts::program::reader::build as reader;
use crate::facts::program::reader::compile;
use crate::facts::program::row::ABBREVIATES;
use crate::facts::program::row::ALIASES;
use crate::facts::program::row::ALONE;
use crate::facts::program::row::LOOSE;
use crate::facts::program::row::ONE_DASH;
use crate::facts::program::row::PLUS;
use crate::facts::program::row::Row;
use crate::facts::program::row::SHARED;
use crate::facts::program::row::row;

const SUB: u16 = SHARED;

const CARGO: &str = "-p= -j= -F= package= workspace all exclude= lib bins bin= examples example= \
         tests test= benches bench= all-targets features= all-features no-default-features -r \
         release profile= target=j target-dir=w manifest-path=r message-format= jobs= keep-going \
         ignore-rust-version timings=? no-run no-fail-fast doc no-deps open!opens_interactive \
         document-private-items out-dir=w no-keep-going fix!discards_work allow-dirty \
         allow-staged allow-no-vcs edition";

#[rustfmt::skip]
const CARGO_SUBS: &[Row] = &[
    row("build,b", "", &["!runs_project_code", CARGO]).shape(ALIASES | SUB),
    row("check,c", "", &["!runs_project_code", CARGO]).shape(ALIASES | SUB),
    row("test,t", "t*", &["!runs_project_code", CARGO]).shape(ALIASES | SUB).reader(compile::tests),
    row("bench", "t*", &["!runs_project_code", CARGO]).shape(SUB).reader(compile::tests),
    row("nextest run,nextest", "t*",
        &["!runs_project_code -E= retries= test-threads= no-capture nocapture run-ignored= \
         partition= failure-output= success-output= status-level= final-status-level= \
         hide-progress-bar no-tests= config-file=k tool-config-file=k", CARGO]).shape(SUB),
    row("clippy", "t*", &["!runs_project_code", CARGO]).shape(SUB).reader(reader::clippy),
    row("doc,d", "t*", &["!runs_project_code", CARGO]).shape(ALIASES | SUB),
    row("rustdoc,rustc", "z*", &["!runs_project_code", CARGO]).shape(SUB),
    row("run,r", "t*", &["!runs_project_code",
        CARGO]).shape(ALIASES | SUB | crate::facts::program::row::STOPS),
    row("fmt", "t*", &["-p= package= all check#C manifest-path=r message-format= -v -q quiet \
         verbose"]).shape(SUB).reader(reader::cargo_fmt),
    row("fix", "", &["!runs_project_code !changes_git_state",
        CARGO]).shape(SUB).reader(reader::here),
    row("tree", "", &["-i=? -e= -d invert=? edges= depth= prefix= no-dedupe duplicates charset= \
         -f= format= prune=", CARGO]).shape(SUB),
    row("metadata", "", &["format-version= filter-platform=", CARGO]).shape(SUB),
    row("locate-project,pkgid,verify-project,read-manifest,help,version,report,machete,\
         udeps,deny,audit,outdated,license,expand,llvm-cov,hack,bloat,asm,geiger,semver-checks,\
         insta,miri,mutants,criterion",
        "t*", &["!runs_project_code"]).shape(LOOSE),
    row("clean", "", &["dry-run -n", CARGO]).shape(SUB).reader(reader::cargo_clean),
    row("fetch,vendor,generate-lockfile,update,search,info", "t*",
        &["!fetches_data precise= recursive breaking aggressive limit= registry= index=u \
         no-delete versioned-dirs sync=r respect-source-config -w",
        CARGO]).shape(SUB),
    row("add,install,binstall", "t*",
        &["!installs_packages !fetches_data git=u path=x branch= tag= rev= registry= index=u \
         root=w dev build optional no-optional rename= -f force list version= vers= debug \
         no-track locked bin= dry-run -n base= public no-public default-features",
        CARGO]).shape(SUB),
    row("remove,rm,uninstall", "t*",
        &["!installs_packages dev build root=w -n dry-run", CARGO]).shape(SUB),
    row("new,init", "w*", &["vcs= bin lib edition= name= registry="]).shape(SUB),
    row("package", "", &["!runs_project_code -l list no-verify no-metadata allow-dirty \
         exclude-lockfile", CARGO]).shape(SUB),
    row("publish,yank,owner", "t*",
        &["!publishes_package !sends_data !runs_project_code"]).shape(LOOSE),
    row("login,logout", "t*", &["!reveals_credentials"]).shape(LOOSE),
];

const GO: &str = "-a -n -p=#g -race -msan -asan -cover -covermode= -coverpkg= -v -work -x \
         -asmflags=z -buildmode= -buildvcs=? -compiler=P -gccgoflags=k -gcflags=k -installsuffix= \
         -json=? -ldflags=k -linkshared -mod=N -modcacherw -modfile=k -overlay=k -pgo=r -pkgdir=w \
         -tags= -trimpath -toolexec=p -o=w -C=g -exec=p -vettool=x -run= -bench= -benchmem \
         -benchtime= -count= -cpu= -failfast -fullpath -fuzz=#F -fuzztime= -fuzzminimizetime= \
         -list= -parallel= -short -shuffle= -skip= -timeout= -vet= -blockprofile=w \
         -blockprofilerate= -coverprofile=w -cpuprofile=w -memprofile=w -memprofilerate= \
         -mutexprofile=w -mutexprofilefraction= -outputdir=w -trace=w -c#c -i -args#. -f=t -m \
         -u=?!fetches_data -e -deps -test -find -export -compiled -versions!fetches_data \
         -retracted!fetches_data -reuse=r -d -t -fix#f -w#f -diff \
         -insecure -artifacts -changed";

#[rustfmt::skip]
const GO_SUBS: &[Row] = &[
    row("build,vet,test", "t*", &["!runs_project_code", GO]).shape(SUB | ONE_DASH)
        .reader(compile::packages),
    row("list", "t*", &[GO]).shape(SUB | ONE_DASH).reader(compile::packages),
    row("version", "l*", &["-m -v -json"]).shape(SUB | ONE_DASH),
    row("env", "t*", &["-json -changed -w#S!overrides_configuration \
         -u#S!overrides_configuration"]).shape(SUB | ONE_DASH),
    row("doc,help,bug", "t*", &["-all -c -cmd -short -src -u -http!listens"]).shape(SUB | ONE_DASH),
    row("fmt,fix", "t*", &["-n -x -mod= -diff -r="]).shape(SUB | ONE_DASH).reader(reader::here),
    row("run", "x*", &["!runs_project_code",
        GO]).shape(SUB | ONE_DASH | crate::facts::program::row::STOPS),
    row("generate", "t*", &["!runs_project_code",
        GO]).shape(SUB | ONE_DASH).reader(reader::here),
    row("get,install", "t*", &["!installs_packages !fetches_data", GO]).shape(SUB | ONE_DASH),
    row("mod tidy,mod download,mod vendor,work sync,mod get", "t*",
        &["!fetches_data -go= -compat= -e -v -x -json -o=w -diff -reuse=r"]).shape(SUB | ONE_DASH),
    row("mod graph,mod why,mod verify", "t*",
        &["-go= -m -vendor -x"]).shape(SUB | ONE_DASH),
    row("mod edit,mod init,work init,work use,work edit,work vendor", "t*",
        &[]).shape(LOOSE).reader(reader::here),
    row("tool", "t*", &["!loads_code"]).shape(LOOSE),
    row("clean", "t*", &["-i -r -n -x -cache -testcache -modcache \
         -fuzzcache"]).shape(SUB | ONE_DASH),
    row("telemetry", "t*", &[]).shape(LOOSE),
];

const MAVEN: &str = "-am -amd -B -C -c -e -fae -ff -fn -h -l=w -N -npr -npu -nsu -ntp -o -pl=L -q \
         -rf= -T=#g -U!overrides_configuration -up -v#V -version#V -help#V -V -X -cpu -D=D#g -f=r -s=k -gs=k -t=k -gt=k \
         -P=k#g -b=o -emp=!reveals_credentials -ep=!reveals_credentials -itr -llr -fos -S also-make also-make-dependents batch-mode \
         strict-checksums lax-checksums errors fail-at-end fail-fast fail-never help#V log-file=w \
         non-recursive no-snapshot-updates no-transfer-progress offline projects=L quiet \
         resume-from= threads= update-snapshots!overrides_configuration version#V show-version debug define=D file=r \
         settings=k global-settings=k toolchains=k global-toolchains=k activate-profiles=k \
         builder=o color= update-plugins encrypt-master-password=!reveals_credentials \
         encrypt-password=!reveals_credentials \
         ignore-transitive-repositories raw-streams";

const GRADLE: &str = "-a -b=x -c=x -d -D=D#g -F= -g=k -h -i -I=x -m -M= -p=g -P=D#g -q -Q -s -S \
         -t -u -U -v#V -w -x= build-file=x settings-file=x build-cache no-build-cache console= \
         continue no-continue debug dry-run full-stacktrace gradle-user-home=k help#V \
         include-build=x info init-script=x max-workers= offline parallel no-parallel profile \
         project-dir=g project-prop=D system-prop=D quiet refresh-dependencies rerun-tasks rerun \
         scan!sends_data no-scan stacktrace stop!controls_processes status tests= version#V warn \
         write-locks exclude-task= daemon no-daemon configuration-cache no-configuration-cache \
         configuration= dependency= all group= types args= debug-jvm fail-fast continuous task=";

/// The rows.
#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    row("cargo", "", &[
        "+=n#g -V#V -v -vv -q -h list#V explain= verbose quiet color= locked offline frozen \
         config=k -Z=z -C=g version#V help",
    ]).shape(PLUS).subcommands(CARGO_SUBS),
    row("go", "", &["-C=g -h help"]).shape(ONE_DASH | ALONE).subcommands(GO_SUBS),
    row("gofmt,goimports,gofumpt", "W*",
        &["-cpuprofile=w -d -e -l -r= -s -w#W -local= -srcdir= -format-only -v -extra -lang= \
         -modpath="])
        .shape(ONE_DASH).reader(reader::formats),
    row("golangci-lint,staticcheck,govulncheck,errcheck", "t*",
        &["!runs_project_code fix#W -c=k config=k -p= timeout= out-format= -E= -D= -v"])
        .shape(LOOSE),
    row("mvn,mvnw,mvnd", "t*", &["!runs_project_code",
        MAVEN]).shape(ONE_DASH).reader(reader::maven),
    row("gradle,gradlew", "t*", &["!runs_project_code",
        GRADLE]).shape(ONE_DASH).reader(reader::gradle),
    row("pytest,py.test,pytest-3", "R*", &[
        "!runs_project_code -k= -m= -xsvqlV -r=? exitfirst fixtures maxfail= strict \
         strict-markers -c=k config-file=k continue-on-collection-errors rootdir=r \
         pdb!opens_interactive pdbcls=o trace!opens_interactive capture= lf last-failed ff \
         failed-first nf new-first cache-clear sw stepwise sw-skip durations= verbose verbosity= \
         no-header no-summary quiet no-fold-skipped disable-warnings showlocals show-capture= \
         full-trace tb= no-showlocals color= pastebin=!sends_data junit-xml=w junitxml=w -W=W \
         pythonwarnings=W collect-only co pyargs!loads_code ignore= ignore-glob= deselect= confcutdir=x \
         noconftest import-mode= doctest-modules doctest-glob= doctest-ignore-import-errors \
         basetemp=w version#V -h help -p=P debug=?w -o=k override-ini=k assert= setup-only \
         setup-show setup-plan log-level= log-format= log-cli-level= log-file=w -n= numprocesses= \
         dist= cov=?r cov-report=V no-cov cov-fail-under= cov-append cov-branch cov-config=k \
         cov-context= timeout= reruns= -x benchmark-only benchmark-skip html=w asyncio-mode= \
         randomly-seed= no-migrations reuse-db create-db tx=z -f count= mypy ruff black flake8 nf",
    ]).shape(0).reader(reader::pytest),
    row("make,gmake,bmake", "t*", &[
        "!runs_project_code -bBdeiknpqrRsStvwm -C,directory=g -f,file,makefile=x -I,include-dir=x \
         -j=? jobs=? -l=? load-average=? -o=t -W=t -O=? always-make debug=? environment-overrides \
         eval=z -E=z ignore-errors keep-going check-symlink-times just-print dry-run recon \
         old-file= assume-old= output-sync=? print-data-base question no-builtin-rules \
         no-builtin-variables silent quiet no-silent no-keep-going stop touch trace \
         print-directory no-print-directory what-if= new-file= assume-new= \
         warn-undefined-variables shuffle=? jobserver-style= -v",
    ]).reader(reader::make),
    row("ninja,just,task,rake,ant,bazel,bazelisk,cmake,ctest,meson,scons,sbt,mill,lein,msbuild,\
         dotnet,xcodebuild,swift,zig,dune,stack,cabal,mix,rebar3,nx,turbo,lerna,tox,nox,hatch-run,\
         pre-commit,invoke,fab,earthly,buck2,pants,waf,autoreconf,configure,rspec,phpunit,\
         jest,vitest,mocha,playwright,cypress,karma,ava,tap,webpack,vite,rollup,esbuild,\
         parcel,tsup,next,nuxt,astro,ng,storybook,gulp,grunt",
        "b*", &["!runs_project_code -P=x eval=y -f=b -C=g init-script=x"]).shape(LOOSE),
    row("rustc,gcc,g++,cc,c++,clang,clang++,javac,ld,as,tsc,swc,kotlinc,scalac,ghc,ocamlc,nasm,\
         rustdoc",
        "r*", &["+=n#g -o=w#g -d=w -fplugin=o -wrapper=p -B=k -specs=k -Xclang=k -processor=o \
         -processorpath=o -J=k#g -Z=k config=k -C=k -E -S -c -g -O -v noEmit#N -p=k project=k \
         -MF=w#g -include=r -imacros=r -print=#g print= explain="])
        .shape(LOOSE | ONE_DASH | PLUS).reader(compile::compiles),
    row("rustfmt,black,isort,autopep8,yapf,prettier,clang-format,shfmt,ktlint,google-java-format,\
         gleam,dprint,biome,stylua,taplo",
        "W*", &["-c#C check#C diff#C -l#C list-different#C -d#C -w#W write#W -i#W config=k \
         config-path=k plugin=o edition= emit=t -q -v quiet fix#W -n#C dry-run#C"])
        .shape(LOOSE).reader(reader::formats),
    row("eslint,ruff,flake8,pylint,mypy,pyright,shellcheck,hadolint,yamllint,markdownlint,\
         stylelint,rubocop,tflint,actionlint,biome-check,oxlint,tslint,bandit,vulture,\
         detekt,checkstyle,pmd,semgrep",
        "r*", &["!runs_project_code fix#W -c=k config=k plugin=o rulesdir=o \
         resolve-plugins-relative-to=o -o=w output-file=w"])
        .shape(LOOSE | ABBREVIATES).reader(reader::fixes),
];
