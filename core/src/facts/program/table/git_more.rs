//! Git: what changes something, here or elsewhere.

use crate::facts::program::reader::git as reader;
use crate::facts::program::row::ABBREVIATES;
use crate::facts::program::row::ALONE;
use crate::facts::program::row::LOOSE;
use crate::facts::program::row::NUMBERS;
use crate::facts::program::row::Row;
use crate::facts::program::row::row;
use crate::facts::program::table::git::DIFF;
use crate::facts::program::table::git::LOG;

const FETCH: &str = "-aqvfntkpP4u6 all append atomic depth= deepen= shallow-since= \
         shallow-exclude= unshallow dry-run porcelain write-fetch-head no-write-fetch-head -f \
         force keep multiple auto-maintenance no-auto-maintenance prefetch -p prune prune-tags \
         no-tags -t tags recurse-submodules=? no-recurse-submodules -j= jobs= -u update-head-ok \
         upload-pack=p quiet verbose progress no-progress -o= server-option= ipv4 ipv6 stdin \
         set-upstream filter= refetch";

const MERGE: &str = "commit no-commit edit -e no-edit cleanup= ff no-ff ff-only -S=? gpg-sign=? \
         no-gpg-sign log=? no-log signoff no-signoff stat -n no-stat squash no-squash verify \
         no-verify -s=t strategy=o -X= strategy-option= summary no-summary quiet -q verbose -v \
         progress no-progress autostash no-autostash allow-unrelated-histories -m= message= -F=r \
         file=r into-name= rerere-autoupdate no-rerere-autoupdate abort#Q quit#Q continue#Q \
         skip#Q rebase=? -r no-rebase keep-base mainline= ref= no-rebase-merges";

#[rustfmt::skip]
pub(super) const CHANGES: &[Row] = &[
    row("add,stage", "", &[
        "!changes_git_state -nvfipeAuN dry-run verbose force interactive patch edit all \
         no-ignore-removal update no-all ignore-removal intent-to-add refresh ignore-errors \
         ignore-missing renormalize chmod= pathspec-from-file=r pathspec-file-nul sparse",
    ]).reader(reader::pathspecs),
    row("commit", "", &[
        "!changes_git_state !runs_project_code -apsnveiqoz -C= -c= -F,file=r -m,message= \
         -t,template=r -u=? -S=? all patch reuse-message= reedit-message= fixup= squash= \
         reset-author short branch porcelain long null author= date= trailer= signoff no-signoff \
         verify no-verify allow-empty allow-empty-message cleanup= edit no-edit \
         amend!rewrites_git_history no-post-rewrite include only pathspec-from-file=r \
         pathspec-file-nul untracked-files=? verbose quiet dry-run status no-status gpg-sign=? \
         no-gpg-sign interactive",
    ]).reader(reader::pathspecs),
    row("checkout", "", &[
        "!changes_git_state !runs_project_code -qtlmpd -b=#N -B=#N!rewrites_git_history quiet \
         progress no-progress -f,force!discards_work ours theirs track=?#N no-track guess \
         no-guess detach#N orphan=#N merge conflict= patch ignore-other-worktrees \
         recurse-submodules=? no-recurse-submodules overlay no-overlay \
         pathspec-from-file=r#O!discards_work pathspec-file-nul",
    ]).reader(reader::checkout),
    row("switch", "t*", &[
        "!changes_git_state !runs_project_code -qtdm -c,create= \
         -C,force-create=!rewrites_git_history detach guess no-guess -f,force!discards_work \
         discard-changes!discards_work merge conflict= quiet progress no-progress track=? \
         no-track orphan= ignore-other-worktrees recurse-submodules no-recurse-submodules",
    ]),
    row("restore", "", &[
        "!changes_git_state !discards_work -pSWqm -s,source= patch worktree staged quiet progress \
         no-progress ours theirs merge conflict= ignore-unmerged recurse-submodules \
         no-recurse-submodules overlay no-overlay pathspec-from-file=r pathspec-file-nul",
    ]).reader(reader::pathspecs),
    row("reset", "t*", &[
        "!changes_git_state !rewrites_git_history -qpN mixed soft hard!discards_work \
         merge!discards_work keep no-refresh refresh quiet patch pathspec-from-file=r \
         pathspec-file-nul intent-to-add recurse-submodules no-recurse-submodules",
    ]),
    row("rm", "", &[
        "!changes_git_state -f,force#F -nq -r#R cached#C dry-run ignore-unmatch sparse quiet \
         pathspec-from-file=r pathspec-file-nul",
    ]).reader(reader::pathspecs),
    row("mv", "A*w", &["!changes_git_state -fknv force dry-run verbose sparse"])
        .reader(crate::facts::program::reader::file::moved),
    row("clean", "", &[
        "!discards_work -f,force#F -dqxXi -n,dry-run#N -e= exclude= interactive quiet",
    ]).reader(reader::clean),
    row("stash,stash push,stash save", "t*", &[
        "!changes_git_state -pqakuS -m= patch quiet all keep-index no-keep-index \
         include-untracked message= staged pathspec-from-file=r pathspec-file-nul",
    ]),
    row("stash pop,stash apply,stash branch,stash create,stash store", "t*",
        &["!changes_git_state -qm= index quiet message="]),
    row("stash drop,stash clear", "t*", &["!changes_git_state !discards_work -q quiet"]),
    row("merge,cherry-pick,revert", "t*",
        &["!changes_git_state !runs_project_code -x -nNe", MERGE,
        "keep-redundant-commits empty= allow-empty allow-empty-message reference"]),
    row("rebase", "t*", &["!changes_git_state !rewrites_git_history !runs_project_code -ir \
         -x,exec=c onto= interactive root apply empty= keep-empty no-keep-empty \
         reapply-cherry-picks no-reapply-cherry-picks edit-todo show-current-patch -C= no-ff \
         force-rebase fork-point no-fork-point ignore-whitespace whitespace= \
         committer-date-is-author-date ignore-date reset-author-date rebase-merges=? autosquash \
         no-autosquash update-refs no-update-refs allow-empty-message",
         MERGE]),
    row("pull", "", &["!changes_git_state !fetches_data !runs_project_code", FETCH,
        MERGE]).reader(reader::from_remote),
    row("fetch", "", &["!changes_git_state !fetches_data", FETCH]).reader(reader::from_remote),
    row("push", "", &[
        "!changes_git_remote !sends_data !runs_project_code -nqvu46 all branches \
         mirror!rewrites_git_history tags follow-tags signed=? no-signed atomic no-atomic \
         -f,force!rewrites_git_history -d,delete!rewrites_git_history prune!rewrites_git_history \
         force-with-lease=?!rewrites_git_history force-if-includes no-force-with-lease repo=u \
         receive-pack=p exec=p set-upstream thin no-thin quiet verbose progress no-progress \
         recurse-submodules= no-recurse-submodules verify no-verify ipv4 ipv6 -o= push-option= \
         dry-run porcelain no-mirror",
    ]).reader(reader::push),
    row("clone", "", &[
        "!fetches_data -lsqvn -j= -o= -b= -u=p -c=k local no-hardlinks shared reference=r \
         reference-if-able=r dissociate quiet verbose progress server-option= no-checkout bare \
         sparse filter= mirror origin= branch= revision= upload-pack=p template=x config=k depth= \
         shallow-since= shallow-exclude= single-branch no-single-branch no-tags tags \
         recurse-submodules=? recursive separate-git-dir=w ref-format= jobs= bundle-uri=u",
    ]).reader(reader::from_remote),
    row("submodule,submodule update,submodule add,submodule init,submodule deinit,submodule \
         sync,submodule set-url,submodule set-branch,submodule absorbgitdirs",
        "", &["!changes_git_state !changes_git_configuration !fetches_data -qfN init remote \
         recursive checkout merge rebase force all depth= jobs= name= reference= branch= -b= \
         quiet no-fetch single-branch progress default filter= recommend-shallow \
         no-recommend-shallow"])
        .reader(reader::from_remote),
    row("submodule foreach", "$", &["recursive quiet -q"]).shape(crate::facts::program::row::STOPS),
    row("remote add,remote set-url", "tu",
        &["!changes_git_configuration -ftm= tags no-tags mirror=? push add delete fetch"]),
    row("remote remove,remote rm,remote rename,remote set-head,remote set-branches", "t*",
        &["!changes_git_configuration -ad auto delete add progress"]),
    row("remote update,remote prune", "t*",
        &["!changes_git_state !fetches_data -pn prune dry-run"]),
    row("config set,config unset,config rename-section,config remove-section,config edit", "t*",
        &["!changes_git_configuration"]).shape(LOOSE),
    row("init", "w", &["!changes_git_state -q quiet bare template=x separate-git-dir=w \
         object-format= ref-format= -b= initial-branch= shared=?"]),
    row("worktree add", "wt", &["!changes_git_state !runs_project_code -f -b= -B= -d force detach \
         checkout no-checkout lock reason= guess-remote track quiet orphan no-track"]),
    row("worktree remove", "d", &["!changes_git_state !discards_work -f#F force#F"]),
    row("worktree prune,worktree lock,worktree unlock,worktree move,worktree repair", "b*",
        &["!changes_git_state -nvf dry-run verbose expire= reason= force"]),
    row("am", "r*", &["!changes_git_state !runs_project_code"]).shape(LOOSE),
    row("apply", "r*", &[
        "!changes_git_state -zRNU3v index cached intent-to-add 3way build-fake-ancestor=w -R \
         reverse reject -z unidiff-zero apply no-add binary exclude= include= ignore-space-change \
         ignore-whitespace whitespace= verbose quiet recount directory= unsafe-paths allow-empty \
         ours theirs union -p= -C= stat#N numstat#N summary#N check#N",
    ]).reader(reader::apply),
    row("format-patch", "t*", &["-k -N -o=w output-directory=w output=w -v= stdout#O numbered \
         no-numbered start-number= numbered-files keep-subject signoff attach=? no-attach \
         inline=? thread=? no-thread in-reply-to= ignore-if-in-upstream always \
         cover-from-description= subject-prefix= rfc=? reroll-count= to= from=? add-header= \
         cover-letter no-cover-letter interdiff= range-diff= creation-factor= zero-commit \
         signature= signature-file=r suffix= no-signature", LOG,
         DIFF]).shape(ABBREVIATES | NUMBERS).reader(reader::format_patch),
    row("archive", "tr*", &[
        "-vl0123456789 format= list prefix= add-file=r add-virtual-file= mtime= -o=w output=w \
         worktree-attributes remote=h!fetches_data exec=p verbose",
    ]),
    row("hash-object", "r*", &["-w!changes_git_state -t= stdin stdin-paths path= no-filters \
         literally"]),
    row("update-index,update-ref,symbolic-ref,replace,notes,notes add,notes append,notes \
         edit,notes remove,notes prune,pack-refs,read-tree,write-tree,commit-tree,mktree,\
         mktag,merge-file,merge-tree,merge-index,rerere,sparse-checkout,sparse-checkout \
         set,sparse-checkout add,sparse-checkout disable,sparse-checkout init,bisect start,bisect \
         good,bisect bad,bisect skip,bisect reset,bisect next,bundle create,bundle \
         unbundle,checkout-index,unpack-objects,index-pack,commit-graph write",
        "b*", &["!changes_git_state -d!rewrites_git_history \
         delete!rewrites_git_history"]).shape(LOOSE),
    row("bisect run", "C", &["!changes_git_state"]).shape(crate::facts::program::row::STOPS),
    row("gc,prune,repack,prune-packed,maintenance,maintenance run,reflog expire,reflog \
         delete,filter-branch,filter-repo,replay,fast-import,commit-graph,multi-pack-index",
        "t*", &["!changes_git_state !rewrites_git_history msg-filter=c tree-filter=c \
         index-filter=c env-filter=c commit-filter=c parent-filter=c tag-name-filter=c setup=c"])
        .shape(LOOSE),
    row("maintenance start,maintenance register", "t*",
        &["!schedules_jobs !changes_git_configuration"]).shape(LOOSE),
    row("credential,credential fill,credential-store,credential-cache,credential-manager", "t*",
        &["!reveals_credentials"]).shape(LOOSE),
    row("difftool,mergetool", "t*",
        &["!loads_code -x=c extcmd=c tool= -y no-prompt prompt -d dir-diff -g gui",
        DIFF]),
    row("daemon,http-backend,upload-pack,receive-pack,upload-archive,instaweb,cvsserver", "b*",
        &["!listens"]).shape(LOOSE),
    row("send-email,imap-send,request-pull,send-pack,http-push", "b*",
        &["!sends_data"]).shape(LOOSE),
    row("svn,p4,cvsimport,fetch-pack,http-fetch,lfs,lfs pull,lfs fetch,lfs clone,annex,lfs push",
        "b*",
        &["!fetches_data !changes_git_state"]).shape(LOOSE),
    row("gui,citool,gitk", "t*", &["!opens_interactive"]).shape(LOOSE),
    row("shell,hook run,quiltimport", "b*", &["!runs_project_code"]).shape(LOOSE | ALONE),
];
