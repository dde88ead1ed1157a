//! Git: what only looks.

use crate::facts::program::reader::git as reader;
use crate::facts::program::row::ABBREVIATES;
use crate::facts::program::row::ALONE;
use crate::facts::program::row::LOOSE;
use crate::facts::program::row::NUMBERS;
use crate::facts::program::row::Row;
use crate::facts::program::row::STOPS;
use crate::facts::program::row::row;
use crate::facts::program::table::git_more::CHANGES;

/// The row; what changes something stands in a file of its own.
#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[row(
    "git",
    "",
    &["-v#V -h -C=g -c=K \
         -p,paginate!overrides_configuration -P no-pager git-dir=G work-tree=g \
         namespace=!overrides_configuration exec-path=?x \
         html-path man-path info-path bare no-replace-objects no-lazy-fetch literal-pathspecs \
         glob-pathspecs noglob-pathspecs icase-pathspecs no-optional-locks no-advice list-cmds=? \
         super-prefix=z config-env=k attr-source=!overrides_configuration"],
)
.shape(0)
.reader(reader::settings)
.subcommands(GIT)];

/// How a difference is shown.
pub(super) const DIFF: &str = "-pusRabwWzD -U=? -B=?#g -M=?#g -C=?#g -l= -S= -G= -O=r -X=? patch \
         no-patch unified= output=w raw indent-heuristic no-indent-heuristic minimal patience \
         histogram anchored= diff-algorithm= stat=? stat-width= stat-count= compact-summary \
         numstat shortstat dirstat=? cumulative summary no-stat name-only name-status submodule=? \
         color=? no-color color-moved=? color-moved-ws= color-words=? word-diff=? \
         word-diff-regex= no-renames check ws-error-highlight= full-index binary abbrev=? \
         no-abbrev find-renames=? find-copies=? find-copies-harder diff-filter= pickaxe-all \
         pickaxe-regex find-object= relative=? no-relative text ignore-cr-at-eol \
         ignore-space-at-eol ignore-space-change ignore-all-space ignore-blank-lines \
         ignore-matching-lines= -I= inter-hunk-context= function-context exit-code quiet -q \
         ext-diff!loads_code no-ext-diff textconv!loads_code no-textconv ignore-submodules=? \
         src-prefix= dst-prefix= no-prefix line-prefix= -c cc combined-all-paths merge-base \
         cached staged no-index -1 -2 -3 -0 base ours theirs diff-merges= no-diff-merges dd -m -r \
         -t root stdin#< no-commit-id always dense";

/// Which commits are shown, and how.
pub(super) const LOG: &str = "-gEFPi -n= -L=Y max-count= skip= since= after= until= before= \
         author= committer= grep= grep-reflog= invert-grep no-invert-grep regexp-ignore-case \
         basic-regexp extended-regexp fixed-strings perl-regexp remove-empty merges no-merges \
         first-parent not all branches=? tags=? remotes=? glob= exclude= reflog ignore-missing \
         bisect cherry-mark cherry-pick left-only right-only cherry walk-reflogs merge boundary \
         simplify-by-decoration show-pulls full-history sparse simplify-merges ancestry-path=? \
         date-order author-date-order topo-order reverse objects objects-edge unpacked filter= \
         no-walk=? do-walk format=e pretty=?e abbrev-commit no-abbrev-commit oneline encoding= \
         notes=? no-notes show-signature!loads_code relative-date date= parents children left-right graph \
         no-graph count timestamp header follow decorate=? no-decorate source mailmap no-mailmap \
         use-mailmap show-pulls full-diff disk-usage=? quiet remerge-diff";

const BLAME: &str = "-bceflnstwp -L=t -S=r root show-stats porcelain line-porcelain incremental \
         encoding= contents=r date= progress no-progress score-debug show-name show-number \
         show-email abbrev= since= reverse first-parent ignore-rev= ignore-revs-file=r \
         color-lines color-by-age minimal -M=?#g -C=?#g";

#[rustfmt::skip]
const GIT: &[Row] = &[
    row("status", "R*", &[
        "-sbvzM -u=? short branch show-stash porcelain=? long verbose untracked-files=? \
         ignore-submodules=? ignored=? column=? no-column ahead-behind no-ahead-behind renames \
         no-renames find-renames=?",
    ]),
    row("log,whatchanged", "R*", &[LOG,
        DIFF]).shape(ABBREVIATES | NUMBERS).reader(reader::revisions),
    row("show", "R*", &[LOG, DIFF]).shape(ABBREVIATES | NUMBERS).reader(reader::revisions),
    row("reflog,reflog show", "R*", &[LOG,
        DIFF]).shape(ABBREVIATES | NUMBERS).reader(reader::revisions),
    row("rev-list", "R*", &[LOG, DIFF]).shape(ABBREVIATES | NUMBERS).reader(reader::revisions),
    row("shortlog", "R*", &["-sec -w=? summary numbered email group=",
        LOG]).shape(ABBREVIATES | NUMBERS).reader(reader::revisions),
    row("diff,diff-tree,diff-index,diff-files", "R*", &[DIFF])
        .shape(ABBREVIATES | NUMBERS).reader(reader::revisions),
    row("range-diff", "R*", &[DIFF, "creation-factor= no-dual-color left-only right-only notes=?"])
        .shape(ABBREVIATES | NUMBERS).reader(reader::revisions),
    row("blame,annotate", "R*",
        &[BLAME]).shape(ABBREVIATES | NUMBERS).reader(reader::revisions),
    row("grep", "", &[
        "-aIivwEGPFnlLzoqpWcrHh -O=?p!loads_code open-files-in-pager=?p!loads_code -e=#P -f=r#P \
         -A= -B= -C= -m= cached untracked no-index exclude-standard no-exclude-standard \
         recurse-submodules text textconv!loads_code no-textconv ignore-case -I max-depth= \
         recursive no-recursive word-regexp invert-match full-name extended-regexp basic-regexp \
         perl-regexp fixed-strings line-number column files-with-matches name-only \
         files-without-match null only-matching count color=? no-color break heading \
         show-function context= after-context= before-context= function-context max-count= \
         threads= and or not quiet -( -) parent-basename=",
    ]).shape(ABBREVIATES | NUMBERS).reader(reader::grep),
    row("ls-files", "R*", &[
        "-zcdomiustkvfr -x= -X=r cached deleted others modified ignored stage unmerged killed \
         directory no-empty-directory eol deduplicate exclude= exclude-from=r \
         exclude-per-directory=r exclude-standard error-unmatch with-tree= full-name \
         recurse-submodules abbrev=? debug sparse format= resolve-undo",
    ]).reader(reader::revisions),
    row("ls-tree", "R*", &[
        "-drtlz long name-only name-status object-only full-name full-tree abbrev=? format=",
    ]).reader(reader::revisions),
    row("rev-parse", "R*", &[
        "-q verify quiet abbrev-ref=? short=? symbolic symbolic-full-name all branches=? tags=? \
         remotes=? glob= exclude= disambiguate= show-toplevel show-prefix show-cdup git-dir \
         absolute-git-dir git-common-dir git-path= is-inside-git-dir is-inside-work-tree \
         is-bare-repository is-shallow-repository show-superproject-working-tree resolve-git-dir=r \
         default= local-env-vars path-format= prefix= sq not flags no-flags revs-only no-revs \
         since= until= after= before= show-object-format=? show-ref-format parseopt sq-quote",
    ]).reader(reader::revisions),
    row("cat-file", "R*", &[
        "-tspeZz textconv!loads_code filters!loads_code path= batch=?#< batch-check=? \
         batch-command=?#< batch-all-objects buffer follow-symlinks unordered use-mailmap mailmap \
         no-mailmap filter=?!loads_code",
    ]).reader(reader::revisions),
    row("describe", "t*", &[
        "all tags contains abbrev=? candidates= exact-match debug long match= exclude= always \
         first-parent dirty=? broken=?",
    ]),
    row("name-rev,merge-base,show-ref,show-branch,for-each-ref,count-objects,\
         cherry,var,check-ref-format,rev-name,get-tar-commit-id,\
         stripspace,column,whatchanged-refs",
        "t*", &[
        "-avHqrsdhl -n= all octopus independent is-ancestor fork-point tags refs= heads branches \
         head dereference hash=? verify exists abbrev=? quiet exclude-existing=? count= sort=e \
         format=e shell perl python tcl contains=? no-contains=? merged=? no-merged=? points-at= \
         ignore-case omit-empty exclude= stdin color=? no-color human-readable verbose name-only \
         always current topo-order date-order list more=? no-name reflog=? remotes raw normalize \
         branch",
    ]),
    row("verify-commit,verify-tag", "t*", &["!loads_code -v verbose raw format="]),
    row("check-ignore,check-attr,check-mailmap", "l*", &[
        "-qvzna quiet verbose stdin no-index non-matching all cached source=",
    ]),
    row("branch", "t*", &[
        "-vqi -d,delete#D!rewrites_git_history -D#D!rewrites_git_history \
         -m,move#D!rewrites_git_history -M#D!rewrites_git_history -c,copy#D!changes_git_state \
         -C#D!rewrites_git_history -f,force!rewrites_git_history -t,track=?!changes_git_state \
         -u,set-upstream-to=#D!changes_git_configuration \
         unset-upstream#D!changes_git_configuration edit-description!opens_interactive \
         create-reflog no-track -l,list#L show-current#L all#L remotes#L -a#L -r#L verbose#L \
         quiet abbrev=? no-abbrev column=? no-column sort=e format=e points-at=#L contains=?#L \
         no-contains=?#L merged=?#L no-merged=?#L color=? no-color ignore-case omit-empty \
         recurse-submodules",
    ]).reader(reader::branch),
    row("tag", "t*", &[
        "-qi -n=?#L -l,list#L -a,annotate -s,sign -u,local-user= -d,delete#D!rewrites_git_history \
         -v,verify#L!loads_code -f,force!rewrites_git_history -m,message= -F,file=r \
         -e,edit!opens_interactive no-sign sort=e format=e contains=?#L no-contains=?#L merged=?#L \
         no-merged=?#L points-at=#L column=? no-column cleanup= color=? create-reflog ignore-case \
         omit-empty trailer=",
    ]).reader(reader::branch),
    row("stash list", "R*", &[LOG,
        DIFF]).shape(ABBREVIATES | NUMBERS).reader(reader::revisions),
    row("stash show", "R*", &[DIFF, "-u include-untracked only-untracked"])
        .shape(ABBREVIATES | NUMBERS).reader(reader::revisions),
    row("remote,remote get-url,remote -v", "t*", &["-v verbose push all"]),
    row("remote show", "t*", &["!fetches_data -n"]),
    row("worktree list,bundle verify,bundle list-heads,notes list,notes show,submodule \
         status,submodule summary,sparse-checkout list,bisect log,bisect view,lfs ls-files,lfs \
         status,commit-graph verify,hook list,maintenance is-needed",
        "t*", &[
        "-vzl porcelain verbose quiet cached recursive show-origin show-scope global local system \
         all name-only type= default= get null worktree regexp value= url= show-names",
    ]),
    row("config list,config get", "t*", &[
        "!reveals_credentials -z show-origin show-scope global local system all name-only type= \
         default= null worktree regexp value= url= show-names",
    ]),
    row("config", "t*", &[
        "-z -l,list#L!reveals_credentials get#L get-all#L get-regexp#L!reveals_credentials get-urlmatch#L!reveals_credentials get-color#L get-colorbool#L \
         show-origin show-scope name-only null type= bool int bool-or-int path expiry-date \
         includes no-includes default= global system local worktree -f=b file=b blob=N add#S \
         unset#S unset-all#S replace-all#S rename-section#S remove-section#S \
         -e,edit#S!opens_interactive fixed-value comment= no-type regexp all value=",
    ]).reader(reader::config),
    row("version,help,--version", "t*",
        &["build-options -a -g -i -m -w all guides config"]).shape(STOPS),
    row("fsck", "t*", &["full strict verbose unreachable dangling no-dangling root tags cache \
         no-reflogs connectivity-only lost-found!changes_git_state progress no-progress \
         name-objects"]),
    row("bugreport,diagnose", "t*", &["-o=w output-directory=w -s= suffix="]),
    row("ls-remote", "", &[
        "!fetches_data -htqo heads branches tags refs quiet upload-pack=p exec=p exit-code \
         get-url sort= symref server-option=",
    ]).reader(reader::from_remote),
    // Everything that changes something; looked through after what stands here.
    row(" ", "", &[]).subcommands(CHANGES).shape(ALONE | LOOSE),
];
