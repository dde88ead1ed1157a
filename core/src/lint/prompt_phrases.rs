//! What prompts say, or should say, as phrases (section 30).

use crate::lint::LintCode;
use crate::lint::phrase::Group;

/// Words that stand for each other in the phrases below.
pub(crate) const SETS: &[(&str, &str)] = &[
    ("asking", "asking|approval|confirm*|permission|review|consent|authorization|human|checking"),
    (
        "done",
        "done|complete|completed|finished|success|successful|succeed|succeeds|goal|ready|accepted|acceptable|satisfied",
    ),
    (
        "good",
        "good|better|best|nice|nicely|clean|cleaner|well|properly|proper|reasonable|reasonably|\
         appropriate|appropriately|satisfactory|satisfied|satisfying|happy|great|elegant|sensible|\
         decent|adequate|adequately|acceptable|improved|polished|robust|fine|optimal|high",
    ),
    ("run", "run|use|execute|call|prefer|try|via|with|by|using|invoke|do|issue|through"),
];

/// What a prompt should not say.
pub(crate) const SAID: &[Group] = &[
    Group {
        code: LintCode::ExcessiveAutonomy,
        over_commas: true,
        phrases: &[
            "do|use|try ~1 whatever ~2 takes|necessary|needed|want|required|works",
            "whatever it takes",
            "at all costs",
            "at any cost",
            "by any means",
            "any means necessary",
            "!without ~2 asking|waiting|confirming|checking ~3 @asking|anyone|user|human|me|us|END|first",
            "without ~1 approval|confirmation|permission|supervision|oversight|review",
            "!dont|never|not|no ask|bother|wait|need|pause|check ~3 @asking|questions|user|me|us|anyone",
            "!no ~1 approval|confirmation|permission|review|supervision|oversight|questions needed|required|necessary|asked|END",
            "full|complete|total|absolute ~1 autonomy|authority|control|freedom|discretion|access",
            "fully|completely|totally autonomous|autonomously|independent|independently",
            "act|work|operate|proceed|decide autonomously|independently|freely ~2 without|END|and",
            "use your own|best? judgment|judgement ~5 everything|anything|always|all|END|instead",
            "you decide|choose everything|anything|what|all ~4 END|merge|deploy|change|delete",
            "make all ~2 decisions|choices",
            "anything ~2 you want|like|need|wish|please",
            "!never|dont|not stop|give|quit ~1 until|up|END|trying",
            "!dont|never|not stop|pause to ask",
            "keep going|trying|working|iterating ~2 until|no|forever|indefinitely",
            "merge|deploy|push|release|publish ~5 automatically|autonomously|yourself|immediately|directly",
            "automatically merge|deploy|push|release|publish",
            "you may|can|are ~3 do|change|modify|delete|edit|access|touch ~1 anything|everything|any",
            "unlimited|unrestricted ~2 access|permission*|budget|time|retries|attempts|tools|power",
            "as many ~3 as ~2 you need|want|like|necessary|needed",
            "you are ~1 in ~1 charge",
            "trust ~1 your ~1 instincts|judgment|judgement",
            "all permissions|access ~2 granted",
        ],
    },
    Group {
        code: LintCode::UnsafeTool,
        over_commas: true,
        phrases: &[
            "curl|wget ~16 PIPE ~3 sh|bash|zsh|python|python3|sudo",
            "sh|bash < ~1 curl|wget",
            "rm rf|fr|r ~3",
            "sudo ~4",
            "chmod ~1 777",
            "push ~5 force|f",
            "force push",
            "reset hard",
            "clean fdx|fd|f|xdf",
            "no verify",
            "@run ~3 eval|exec|system",
            "dangerously skip permissions",
            "dangerouslyskippermissions|bypasspermissions|yolo",
            "danger full access",
            "disable|turn|switch|bypass ~3 sandbox|seccomp|selinux|firewall|antivirus|certificate|tls|ssl|protection|hooks",
            "verify false",
            "insecure skip|registry",
            "docker|podman run ~4 privileged",
            "privileged containers|container|mode",
            "@run ~4 root|administrator|admin ~2 shell|account|user|END|privileges",
            "terraform|tofu apply|destroy",
            "kubectl delete|apply|exec|drain",
            "helm upgrade|uninstall|delete",
            "drop table|database|schema",
            "truncate table",
            "delete from",
            "ssh ~2 into|to ~3 production|prod|server*|host*",
            "@run ~4 production ~1 credential*|database|cluster|shell|secret*|keys",
            "npm|pnpm|yarn|cargo publish",
            "pip|pip3 install ~4 http|https|git",
            "mkfs|dd ~1 if|of|dev",
            "ignore|disable ~2 certificate|tls|ssl ~1 error*|check*|verif*|warning*",
            "allow all tools|commands|hosts|domains",
            "paste|put|store|hardcode ~4 token*|password*|secret*|key|keys|credential* ~4 in|into ~4 code|file|prompt|commit|repository",
        ],
    },
];

/// What says when to stop.
pub(crate) const STOPS: &[Group] = &[Group {
    code: LintCode::MissingStopCondition,
    over_commas: true,
    phrases: &[
        "!stop ~2 when|if|after|once|as|and|at|immediately|on|before",
        "!stop ~6 and ~2 report|ask|wait|escalate|tell",
        "!when|if|once|after ~14 stop|halt|abort|exit|terminate|quit|finish|escalate",
        "!stop condition*|criteria|rule*",
        "!halt|abort|terminate|exit|quit|finish|end ~4 when|if|after|once|as|on",
        "!at most|max|maximum ~3 attempt*|iteration*|step*|retries|tries|rounds|turns|minutes|hours|times|files|changes|tool|calls|pull|lines",
        "!no more than ~3 attempt*|iteration*|step*|retries|tries|rounds|turns|minutes|hours|times",
        "!max|maximum|limit|budget|up ~1 of|to|is|: ~3 attempt*|iteration*|step*|retries|tries|rounds|turns|minutes|hours|tokens",
        "!give up ~1 after|when|if",
        "!after ~3 attempt*|failed|failure*|failures|retries|tries|iterations",
        "!escalate ~3 to|if|when|after",
        "!hand ~2 over|back|off",
        "!ask|wait ~5 before|and ~1 wait|continuing|proceeding|going",
        "!timeout|timebox|deadline|budget",
    ],
}];

/// What says that something is forbidden.
pub(crate) const FORBIDS: &[Group] = &[Group {
    code: LintCode::MissingForbiddenAction,
    over_commas: true,
    phrases: &[
        "!do not",
        "!dont|never|forbidden|prohibited|disallowed|refuse",
        "!must|may|should|shall|can|are|is not|never",
        "!cannot|mustnt|shouldnt",
        "!not allowed|permitted|authorized",
        "!out of scope",
        "!off limits",
        "!under no circumstances",
        "!without ~3 changing|modifying|touching|editing|breaking|adding",
        "!only ~2 change|edit|modify|touch|write|read",
    ],
}];

/// What asks for evidence.
pub(crate) const EVIDENCE: &[Group] = &[Group {
    code: LintCode::MissingEvidence,
    over_commas: true,
    phrases: &[
        "!evidence|proof|cite|citing|citation*|citations",
        "!show|include|attach|paste|quote|provide|report|record|list|link|give|add|post|collect|quotes|links|includes|shows ~7 output|log|logs|result|results|diff|test|tests|command*|commands|trace|screenshot*|file|files|line|lines|hash|report|links|source|sources|reference*|exit|coverage|url",
        "!prove|demonstrate|justify|substantiate|document ~5 with|by|that|each|every|why|how|claim*|change*|result*|conclusion*",
        "!explain ~2 why|how|each|every",
        "!back|support ~4 with|by ~4 evidence|output|log|logs|test|tests|data|reference*",
        "!reference|refer|point ~4 file|line|lines|commit|source|sources",
        "!verify|confirm ~6 and ~3 report|show|include|attach|record",
        "!file and line",
        "!path and line",
    ],
}];

/// What says how success can be checked.
pub(crate) const SUCCESS: &[Group] = &[Group {
    code: LintCode::VagueSuccessCriterion,
    over_commas: true,
    phrases: &[
        "!test|tests|build|builds|suite|ci|check|checks|lint|linter|pipeline|verifier*|verifiers|compile|benchmark*|typecheck ~5 pass|passes|passed|passing|green|succeed*|clean|exit|exits|compiles",
        "!all|every ~3 tests|checks|verifiers|assertions|cases ~3 pass|passes|passing|green|succeed*",
        "!exit|exits|return|returns ~3 0|zero|code|status",
        "!no|zero|0 ~2 error*|warning*|failure*|failing|regression*|finding*|findings|diff|vulnerabilit*",
        "!coverage ~5 least|above|over|percent|than|drop|drops|decrease*",
        "!acceptance|success criteria|criterion ~1 :|is|are|END",
        "!@done ~3 when|if|once|means ~8 pass*|green|succeed*|exit|exits|compiles|returns|merged|approved|matches|equals|least|zero|exist*|contains|covered|valid|every|each",
        "!at least|most ~2 percent|tests|cases|ms|seconds",
        "!build|builds|compile|compiles ~3 without|with ~2 error*|warning*|success*",
        "!valid|validates against",
        "!produce*|returns|return|output|write|create ~5 valid|exactly|following ~3 json|schema|format|file|yaml",
    ],
}];

/// What names success and cannot be checked.
pub(crate) const VAGUE: &[Group] = &[Group {
    code: LintCode::VagueSuccessCriterion,
    over_commas: true,
    phrases: &[
        "@done ~8 @good",
        "until ~5 @good",
        "make ~4 @good",
        "make sure|certain ~3 works|work|everything|all ~3 @good|END|works|work|right|correctly",
        "as ~1 you see fit",
        "as appropriate|needed|necessary|desired ~1 END",
        "best effort|possible ~2 END|result|quality|way",
        "high|better|good|best quality",
        "improve|enhance|clean|polish|modernize ~3 code|codebase|quality|it|things|everything ~2 END",
        "looks|look|feels|feel|seems|seem ~1 @good|right|ok|okay|correct",
        "good enough",
        "works|work|working|functions ~1 as ~1 expected|intended",
        "and so on",
        "etc END",
        "use common sense",
        "do ~2 a? good|great|nice job",
        "if possible END",
        "somehow|roughly|more ~1 or less ~2 @good|END",
    ],
}];
