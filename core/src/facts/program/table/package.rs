//! Package managers.

use crate::facts::program::reader::build as reader;
use crate::facts::program::reader::compile;
use crate::facts::program::row::ABBREVIATES;
use crate::facts::program::row::ALIASES;
use crate::facts::program::row::ALONE;
use crate::facts::program::row::LOOSE;
use crate::facts::program::row::NAMED;
use crate::facts::program::row::OPEN;
use crate::facts::program::row::Row;
use crate::facts::program::row::SHARED;
use crate::facts::program::row::STOPS;
use crate::facts::program::row::row;

const NODE_OPTIONS: &str = "-v#V version#V -h -s silent -d -dd -ddd -q quiet loglevel= verbose \
         -g,global!overrides_configuration -y yes no if-present ignore-scripts no-ignore-scripts!overrides_configuration \
         json long -l -p parseable color=? no-color progress=? no-progress depth= all -a prefix=g \
         -C=g cwd=g dir=g -w=r workspace=r workspaces ws include-workspace-root -ir recursive \
         filter= -F= script-shell=k shell=k node-options=k userconfig=k globalconfig=k registry=u \
         cache=w only= omit= include= production dev prefer-offline offline frozen-lockfile \
         no-frozen-lockfile immutable no-audit no-fund audit=? fund=? legacy-peer-deps force -f \
         dry-run stream parallel use-yarnrc=k config=k no-bail bail=? if-present reporter= \
         non-interactive ci unicode no-lockfile pure-lockfile workspace-concurrency=";

#[rustfmt::skip]
const NODE_SUBS: &[Row] = &[
    row("test,t,tst", "t*",
        &["!runs_project_code"]).shape(ALIASES | SHARED).reader(compile::passed_on),
    row("run,run-script,rum,urn", "t*",
        &["!runs_project_code"]).shape(ALIASES | SHARED | NAMED).reader(compile::passed_on),
    row("start,stop,restart", "t*",
        &["!runs_project_code"]).shape(SHARED).reader(compile::passed_on),
    row("build,lint,format,check,typecheck,tsc,dev,coverage,e2e",
        "t*", &["!runs_project_code"]).shape(SHARED).reader(compile::passed_on),
    row("install,i,in,ins,inst,isntall,add,",
        "t*", &["!installs_packages !fetches_data !runs_project_code -D -E -O -P -B -T -S save \
         save-dev save-exact save-optional save-peer save-prod no-save no-optional no-shrinkwrap \
         strict-peer-deps install-strategy= shamefully-hoist exact peer optional tilde caret \
         latest interactive lockfile-only fix-lockfile check-files flat focus modules-folder=w \
         link-duplicates ignore-engines ignore-platform ignore-optional install-links \
         no-package-lock package-lock lockfile-dir=w store-dir=w hoist no-hoist \
         virtual-store-dir=w"]).shape(ALIASES | SHARED),
    row("update,up,upgrade,dedupe,ddp,install-test,it,link,ln,import,audit fix,rebuild,rb,\
         approve-builds,set",
        "t*", &["!installs_packages !fetches_data !runs_project_code"]).shape(LOOSE),
    row("ci,clean-install,cit,install-ci-test", "t*",
        &["!installs_packages !fetches_data !runs_project_code"]).shape(ALIASES | SHARED),
    row("uninstall,rm,remove,r,un,unlink,prune,autoclean", "t*",
        &["!installs_packages -D -S -O save save-dev no-save"]).shape(ALIASES | SHARED),
    row("exec,x,dlx,create,init,innit,node", "t*",
        &["!runs_project_code !loads_code !fetches_data -c=c call=c package= -p= \
         shell-mode"]).shape(SHARED | STOPS),
    row("ls,list,la,ll,why,explain,root,bin,prefix,help,help-search,licenses,fund,query,sbom,\
         completion,explore-", "t*",
        &["link unicode package-lock-only sbom-format= sbom-type= prod only-projects \
         lockfile-only long which= browser=p"]).shape(SHARED),
    row("outdated,view,info,show,v,search,s,se,find,ping,whoami,audit,doctor,docs,home,bugs,\
         issues,repo", "t*",
        &["!fetches_data audit-level= level= groups= searchopts= browser=p registry=u prod \
         fix!installs_packages compatible format="]).shape(SHARED),
    row("pack", "t*", &["!runs_project_code pack-destination=w out=w"]).shape(SHARED),
    row("publish,unpublish,deprecate,undeprecate,dist-tag,owner,access,team,star,unstar,stage,npm \
         publish", "t*",
        &["!publishes_package !sends_data tag= access= otp= no-git-checks \
         provenance"]).shape(SHARED),
    row("login,adduser,logout,token,profile,org,trust", "t*",
        &["!reveals_credentials !sends_data"]).shape(LOOSE),
    row("config get,config list,config ls,get", "t*",
        &["!reveals_credentials"]).shape(SHARED),
    row("config,config set,config delete,config edit,pkg set,pkg delete,version,shrinkwrap,edit,\
         patch,patch-commit,policies,plugin", "t*",
        &["!overrides_configuration !runs_project_code"]).shape(LOOSE),
    row("pkg get,versions", "t*", &[]).shape(SHARED),
    row("cache,store", "t*", &[]).shape(LOOSE),
    row("workspace", "t*", &["!runs_project_code"]).shape(LOOSE),
    row("workspaces,workspaces run,workspaces foreach,explore,rebuild-all", "t*",
        &["!runs_project_code"]).shape(LOOSE),
];

#[rustfmt::skip]
const PIP: &[Row] = &[
    row("install,download,wheel", "t*", &[
        "!installs_packages !fetches_data !runs_project_code -r=r -c=r -e=x -t=w -d=w -w=w -i=u \
         -f=u -U requirement=r constraint=r editable=x target=w dest=w wheel-dir=w index-url=u \
         extra-index-url=u find-links=u no-index upgrade user prefix=w root=w no-deps pre dry-run \
         force-reinstall -I ignore-installed no-build-isolation use-pep517 break-system-packages \
         quiet -q no-binary= only-binary= platform= python-version= report=w src=w compile \
         no-compile root-user-action= require-hashes upgrade-strategy= no-cache-dir group= \
         config-settings=k global-option=k system -p= python=x all-extras extra=",
    ]).shape(SHARED),
    row("uninstall,sync", "t*", &["!installs_packages -y yes -r=r"]).shape(SHARED),
    row("list,show,freeze,check,help,inspect,debug,hash,tree,cache,completion", "t*", &[
        "-o -u -e -l -f outdated!fetches_data uptodate format= local user path=l not-required \
         include-editable exclude-editable exclude= all -v files pre -r=r requirement=r strict \
         system -p=x python=x"]).shape(SHARED),
    row("search,index,index versions", "t*",
        &["!fetches_data pre index-url=u"]).shape(SHARED),
    row("config,config set,config get,config list,compile", "t*",
        &["!overrides_configuration"]).shape(LOOSE),
];

#[rustfmt::skip]
const UV: &[Row] = &[
    row("pip", "", &["-q quiet"]).shape(SHARED).subcommands(PIP),
    row("run,tool run", "t*", &["!runs_project_code with= -m=o module=o -p= python=x directory=g \
         project=r env-file=r"]).shape(STOPS | SHARED).reader(reader::passed_command),
    row("sync,add,remove,lock,install,python install,tool install,update,upgrade,self \
         update,build,init,env,new,export", "t*",
        &["!installs_packages !fetches_data !runs_project_code"]).shape(LOOSE),
    row("publish", "t*", &["!publishes_package !sends_data"]).shape(LOOSE),
    row("show,tree,version,check,list,python list,python find,tool list,help,self version,self \
         show", "t*",
        &["outdated!fetches_data tree latest depth= all"]).shape(SHARED),
    row("venv", "w", &["!loads_code"]).shape(LOOSE),
    row("shell", "t*", &["!opens_interactive"]).shape(LOOSE),
    row("config,cache,source", "t*", &["!overrides_configuration"]).shape(LOOSE),
];

/// The rows.
#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    row("npm,pnpm,yarn", "", &[NODE_OPTIONS]).shape(0).subcommands(NODE_SUBS),
    row("npx,pnpx,bunx,uvx,pipx,dlx", "t*",
        &["!runs_project_code !loads_code !fetches_data -y yes no no-install -p= package= -c=c \
         call=c -q quiet from= with= python=x -w= workspace= shell=k node-options=k \
         prefix=g"]).shape(STOPS),
    row("pip,pip2,pip3", "", &["-V#V version#V -h -v -q verbose quiet isolated no-input proxy=u \
         cache-dir=w disable-pip-version-check no-color log=w python=x require-virtualenv \
         no-cache-dir cert=r client-cert=r trusted-host= retries= timeout= exists-action= \
         use-feature= use-deprecated= no-python-version-warning debug"]).shape(0).subcommands(PIP),
    row("uv,poetry,pdm,rye,hatch,pipenv,pixi", "",
        &["-V#V version#V -h -q -v -vv quiet verbose -n no-interaction no-ansi ansi directory=g \
         -C=g project=r no-cache offline native-tls color= no-progress no-config config-file=k \
         -P=r no-plugins"]).shape(0).subcommands(UV),
    row("apt,apt-get,aptitude,dpkg,rpm,dnf,yum,zypper,pacman,apk,emerge,brew,port,snap,flatpak,\
         gem,bundle,bundler,composer,cpan,cpanm,luarocks,opam,rustup,nvm,fnm,volta,asdf,\
         mise,sdk,choco,winget,scoop,conda,mamba,micromamba,nix,nix-env,nix-shell,\
         guix,easy_install,corepack,n,pkg,cs,coursier,mint,pod,carthage,vcpkg,conan,krew,\
         ansible-galaxy,pear,pecl,add-apt-repository,apt-key,apt-add-repository",
        "b*", &["!installs_packages !fetches_data -o=k -c=k config=k init-script=x \
         root=w"]).shape(LOOSE),
    row("dpkg-query,apt-cache,apt-mark,apt-config,rpmquery", "t*",
        &["-lWSsLp list show search listfiles status print-avail -f= showformat= -a -n -o=k -c=k"])
        .shape(ABBREVIATES),
    row("virtualenv,venv", "w*", &["!loads_code"]).shape(LOOSE),
    row("twine,flit,maturin,build,nuget", "b*",
        &["!sends_data !runs_project_code"]).shape(LOOSE | OPEN | ALONE),
    row("setup.py", "t*", &["!runs_project_code !installs_packages"]).shape(LOOSE),
];
