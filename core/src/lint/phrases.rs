//! What instructions say that is against policy, as phrases (section 41).

use crate::lint::LintCode;
use crate::lint::phrase::Group;

/// Words that stand for each other in the phrases below.
pub(crate) const SETS: &[(&str, &str)] = &[
    (
        "prior",
        "previous|previously|prior|above|earlier|preceding|foregoing|former|original|initial|other|\
         your|platform|system|security|safety|organization|organizational|organisation|company|\
         admin|administrator|developer|developers|all|any|these|those|existing|global|governance|\
         corporate|every|repository|repo",
    ),
    (
        "rules",
        "instruction*|rule|rules|polic*|prompt|prompts|guideline*|directive*|constraint*|\
         restriction*|guardrail*|safeguard*|programming|training",
    ),
    (
        "upper",
        "platform|organization*|organisation*|company|corporate|system|security|safety|governance|\
         policy|policies|admin*|bailiwick",
    ),
    ("agent", "agent|agents|assistant|assistants|ai|llm|llms|claude|copilot|codex|gemini|chatgpt"),
    (
        "people",
        "user|users|human|humans|people|person|anyone|anybody|reviewer*|developer*|maintainer*|\
         operator*|owner|owners|team|admin*|auditor*|somebody|someone",
    ),
    ("run", "run|execute|invoke|launch|eval|source|call|trigger|start"),
    ("asking", "asking|approval|approvals|confirm*|permission|consent|authorization|prompting"),
    (
        "secret",
        "secret*|credential*|password*|passwd|apikey*|token|tokens|env|dotenv|cookie*|ssh|rsa|\
         ed25519|keys|shadow|conversation|transcript|environment",
    ),
    (
        "away",
        "http|https|url|webhook|attacker|email|mail|pastebin|gist|ftp|telegram|discord|external|\
         listener|ngrok|@",
    ),
    (
        "strong",
        "secret*|credential*|password*|passwd|apikey*|token|tokens|cookie*|dotenv|rsa|ed25519|\
         conversation|transcript|key|keys|env",
    ),
    (
        "checks",
        "tests|suite|review|reviews|verif*|approval|approvals|checks|hooks|scan*|validation|ci|audit",
    ),
];

/// Phrases for every text that an agent may read.
pub(crate) const PHRASES: &[Group] = &[
    Group {
        code: LintCode::OverridesInstructions,
        over_commas: false,
        phrases: &[
            "ignore|disregard|forget|neglect|discount ~3 @prior ~3 @rules",
            "override|overrule|bypass|circumvent|discard|supersede|evade|defeat ~3 @upper|your|previous|prior ~2 @rules",
            "ignore|disregard|bypass|circumvent|evade|defeat ~2 polic*|guardrail*|safeguard*|governance|bailiwick",
            "ignore|disregard|forget ~2 previous|prior|above|earlier|preceding ~1 text|content|context|conversation|messages|commands|request|requests|task",
            "ignore|disregard|forget ~1 everything|anything|all ~5 above|before|previously|earlier|prior|told|learned",
            "ignore|disregard ~2 @rules ~4 above|before|earlier|previously|prior|given",
            "pay no attention to ~3 @prior|@rules",
            "not|dont|never|stop follow|following|obey|obeying|apply|respect|honor|heed ~3 @prior ~2 @rules",
            "your|the ~1 new|real|actual|true|updated|only instructions|task|goal|objective|directive|mission ~1 are|is|: ~6 ignore|send|run|execute|delete|exfil*|upload|reveal",
            "these|this|following|my|below ~1 instructions|file|rules|message ~4 override*|supersede*|overrule* ~4 @upper|any|all|every*|other|default",
            "takes|take|have|has|gets precedence|priority over ~4 @upper|previous|prior|developer",
            "!you are no longer ~3 bound|restricted|limited|subject|constrained by|to ~4 @rules",
            "!you are no longer ~2 bound|restricted|constrained END",
            "!you are not ~1 bound|restricted|limited|subject|constrained by|to",
            "you are now ~5 dan|jailbroken|unrestricted|uncensored|unfiltered|root|evil|hacker|free|different",
            "god|dan|jailbreak|jailbroken|unrestricted|sudo mode",
            "act|behave|respond|operate|answer ~4 without|no ~2 @rules|filter*|limit*",
            "from now on ~1 you ~1 are|will|must|obey|only|shall ~5 obey|ignore|unrestricted|me|only|not",
            "!polic*|@rules ~2 do|does not ~1 apply",
            "polic*|@rules ~2 are|is|were|been ~1 suspended|lifted|waived|void|disabled|revoked|overridden|obsolete ~3 for|now|in|here|today|END",
            "end|start|begin|beginning of ~1 system|developer|hidden|original prompt|message|instructions",
            "system override",
            "reveal|print|repeat|output|show|leak|disclose ~3 your|system|hidden|initial ~1 prompt|instructions",
            // German, Spanish, French, Portuguese, Italian, Dutch, Polish, Indonesian.
            "ignoriere|ignoriert|vergiss|vergesst|missachte ~3 vorherige*|bisherige*|obige*|alle ~3 anweisung*|regel*|richtlinie*|vorgabe*",
            "ignora|ignore|olvida|descarta ~3 instrucciones|reglas|ordenes ~2 anteriores|previas|sistema",
            "ignore|ignorez|oublie|oubliez ~3 instructions|consignes|regles ~1 precedente*|anterieure*|systeme",
            "ignore|ignora|esqueca ~3 instrucoes|regras ~2 anteriores|sistema",
            "ignora|dimentica ~3 istruzioni|regole ~2 precedenti|sistema",
            "negeer|vergeet ~3 vorige|eerdere|alle ~2 instructies|regels",
            "zignoruj ~3 instrukcje|polecenia|zasady",
            "abaikan|lupakan ~3 instruksi|perintah|aturan|kebijakan",
        ],
    },
    Group {
        code: LintCode::ExpandsPermission,
        over_commas: true,
        phrases: &[
            "=you|@agent ~1 may|can|are|have|is|has ~3 permission|permitted|allowed|authorized|authorised|free|cleared|approved ~8 production|prod|secret*|credential*|everything|anything|root|sudo|admin|unrestricted|outside|anywhere|deploy*|merge|main|master|network|internet|infra*|force",
            "=you|@agent ~2 may|can|should|must|will ~2 push|commit|merge|deploy|publish|release ~3 directly|straight|immediately ~3 main|master|production|prod|trunk",
            "you|yourself|itself|@agent ~4 full|unrestricted|unlimited|complete|root|administrator|admin|elevated ~1 access|permission*|privilege*|control|rights|authority",
            "push|deploy|merge|install|delete|publish|proceed|continue|modify|release|apply|edit|act|commit ~7 without ~3 @asking|review|asking",
            "run|execute ~3 any|all|whatever|every|arbitrary ~5 without ~3 @asking",
            "!no|not|dont|never|without need|needed|required|require|necessary|needing ~2 ask|asking|approval|permission|confirm*|authorization",
            "!dont|never|not ask ~3 for|permission|before|confirm* ~3 approval|permission|confirm*|running|pushing|deploying|merging|deleting|executing|consent",
            "!approval|approvals|confirmation|permission ~3 not needed|required|necessary",
            "approval|permission|consent|authorization ~2 already|automatically|implicitly given|granted|obtained",
            "hereby ~2 authorized|authorised|approved|exempt*",
            "you|@agent ~2 hereby ~2 granted|permitted|allowed",
            "pre approved|authorized|authorised",
            "preapproved|preauthorized",
            "auto|automatically|always approve|accept|confirm|allow ~3 all|every|any|tool|tools|command*|prompt*|permission*|edits",
            "dangerously skip|bypass permissions|approvals",
            "dangerouslyskippermissions|yolo|bypasspermissions",
            "danger full access",
            "allow|trust all tools|commands|domains|hosts",
            "disable|deactivate|weaken|relax|loosen ~3 sandbox|sandboxing|seccomp|guardrail*|permission|permissions|approval|approvals|safeguards",
            "turn|switch off ~3 sandbox|sandboxing|seccomp|guardrail*|permission|permissions|approval|approvals|safeguards",
            "grant|give|assign yourself|itself|agent|agents|me ~4 access|permission*|admin|root|role|rights|privilege*",
            "treat|take|consider|count ~3 as ~2 approval|authorization|permission|consent",
            "has|have|was|is been? ~1 approved|authorized|signed ~2 by ~3 admin*|security|ceo|cto|platform|management|legal|governance",
            "edit|modify|change|rewrite|weaken|relax|loosen ~3 bailiwick|agent|agents|your|own ~2 polic*|guardrails|limits",
            "escalate|elevate|raise ~2 your|its|own|privilege*|permission*|autonomy",
            "you|@agent ~2 exempt|excluded ~2 from ~4 polic*|rule*|review*|approval*|limits|restrictions",
        ],
    },
    Group {
        code: LintCode::SkipsChecks,
        over_commas: true,
        phrases: &[
            "skip|bypass|circumvent the|all|any|every|running|code|human|peer|required|security|unit|our|your|remaining ~1 @checks|linter|linting|testing",
            "skip|bypass|circumvent tests|review|reviews|verification|approval|approvals|checks|hooks|ci",
            "!dont|never run ~1 tests|ci|checks|verif*|hooks END",
            "!do not run ~1 tests|ci|checks|verif*|hooks END",
            "!dont|never run ~1 any tests|checks|verif*|hooks",
            "!do not run ~1 any tests|checks|verif*|hooks",
            "!do not request|wait|ask ~2 review*|approval|ci|checks",
            "!dont|never request|wait|ask ~2 review*|approval|ci|checks",
            "!no|not need|needed|required|necessary ~3 review*|test|tests|testing|verif*",
            "disable|deactivate ~1 the|all|every|any|our|your|ci|required|code|branch|pre|git|failing ~2 tests|ci|review|reviews|verif*|hooks|scanner*|checks",
            "turn|switch off ~3 tests|ci|protection|review|reviews|verif*|hooks|scanner*|checks",
            "delete|remove|comment|disable|skip out? ~1 the|all|any|every|those|these ~1 failing|broken|flaky ~1 test|tests|check|checks",
            "commit|push|merge ~8 no verify",
            "use|pass|add|with|using|always ~2 no verify",
            "disable|remove|turn|bypass ~4 branch protection",
            "add|include|append|use|with|put ~4 skip ci",
            "say|report|claim|mark|state|pretend|write ~6 pass*|green|success* ~4 even|although|regardless|though|anyway",
            "fake|forge|fabricate|falsify|invent ~4 test*|result*|approval*|review*|evidence|coverage|signature*|output",
            "approve ~1 your|its|own ~3 pr|pull|change*|merge|commit*|work",
            "self approve|merge",
            "merge ~4 without|before ~4 review*|approval|checks|ci|tests|waiting",
            "lower|reduce|relax|drop ~4 coverage|quality|verifier* ~1 threshold*|gate*|requirement*|limit*",
        ],
    },
    Group {
        code: LintCode::HidesActions,
        over_commas: false,
        phrases: &[
            "!dont|never|not|without ever? tell*|inform*|notify*|alert|alerting|warn|warning|mention* ~2 the|any|a|your|to|this|it|these|them ~3 @people",
            "!dont|never|not|without tell*|inform*|notify* @people",
            "!dont|never|not|without mention*|disclose|disclosing|reveal|revealing|discuss|acknowledge ~1 this|these|that|the|our ~1 instruction*|step|steps|change|changes|action*|command*|rule|rules|comment|section|file",
            "hide|conceal|obscure|disguise|bury ~6 from ~3 human*|reviewer*|maintainer*|operator*|auditor*|audit|developer*|people|code|git",
            "hide|conceal ~1 this|it|these|your|what ~5 from ~2 @people",
            "keep this|it|these ~3 secret|hidden|private|confidential|between|quiet",
            "silently|secretly|quietly|covertly|stealthily|discreetly|surreptitiously ~1 run|execute|send|install|commit|push|upload|exfil*|copy|disable|merge|modify|delete|add|insert|include|open|forward",
            "leave|leaving no trace*|evidence|record*|log|logs",
            "cover|covering|hide|erase|wipe|remove ~2 tracks|traces|evidence|footprint*",
            "clear|delete|remove|wipe|erase|truncate ~3 bash|shell|command|audit ~1 history|log|logs|trail",
            "pretend|act|behave|respond|continue as if|though ~1 nothing",
            "pretend ~1 nothing",
            "!dont|never|not mention|list|report|log|record|include ~1 this|these|it ~4 summary|report|pr|pull|description|diff|audit|logs|log|output|response",
            "so that? ~2 @people ~1 wont|dont|doesnt|cannot|cant|never|not notice|see|know|find",
            "before ~2 @people ~1 notice*|see|sees|realize*",
        ],
    },
    Group {
        code: LintCode::ExfiltratesData,
        over_commas: false,
        phrases: &[
            "exfiltrate|exfil|smuggle ~6 @secret|data|code|source|repository|contents|file|files",
            "leak ~1 the|your|all|any|our|its|every ~3 @secret|source|contents|file|files",
            "send|upload|transmit|forward|email|mail|submit|paste|post|dump|ship|copy|deliver|push|report|pipe ~6 @secret|contents ~8 to|via|at|into|as|through|using ~4 @away",
            "send|upload|transmit|forward|email|mail|post|dump|ship ~2 file|files|codebase|repository|code|diff|output ~6 to ~1 https|http|@away",
            "cat|collect|gather|harvest|encode|steal|grab|scrape ~6 @secret ~10 curl|wget|http|https|webhook|url|nc|netcat|dns|send|post|upload",
            "curl|wget ~10 d|data|f|form|t|binary|file|body|upload|header|h ~5 @secret|printenv|cat",
            "curl|wget|nc|ping|dig|nslookup ~10 $ ~2 cat|env|printenv|whoami|hostname|base64|@secret",
            "env|printenv ~3 PIPE ~6 curl|wget|nc|ncat",
            "cat ~6 PIPE ~4 curl|wget|nc|ncat",
            "append|include|embed|put|insert|attach ~6 @strong ~6 to|in|into|as|inside|within ~4 url|query|link|image|subdomain|hostname|dns",
            "webhook site",
            "requestbin|burpcollaborator|oastify|interactsh|requestcatcher|dnslog|beeceptor|canarytokens",
            "interact sh",
        ],
    },
    Group {
        code: LintCode::RunsCommand,
        over_commas: true,
        phrases: &[
            "curl|wget|fetch|iwr|irm|lynx ~16 PIPE ~3 sh|bash|zsh|dash|ksh|iex|pwsh|powershell|sudo",
            "curl|wget|fetch ~16 PIPE ~2 python|python3|perl|ruby|node|php END",
            "curl|wget|fetch ~16 PIPE ~6 base64 ~3 PIPE ~1 sh|bash|zsh|python|python3",
            "base64 ~4 PIPE ~2 sh|bash|zsh|python|python3|perl|node",
            "sh|bash|zsh|source|eval < ~1 curl|wget",
            "sh|bash|zsh|eval|exec ~2 $ ~1 curl|wget|base64",
            "iex ~4 iwr|irm|invoke|new|downloadstring|net",
            "@run ~2 deploy|payload|exploit|backdoor ~1 sh|script|py|job|command|pipeline|after|before|when ~8 after|before|whenever|every|automatically|silently|immediately|once|when|first",
            "@run ~1 deploy sh|py END",
            "decode|decrypt|unpack|deobfuscate ~6 and|then ~2 run|execute|follow|obey|eval|apply",
            "run|execute|eval|follow|obey ~4 base64|encoded|hex|obfuscated|encrypted ~2 command*|string|payload|blob|text|script|instruction*|message|data",
            "follow|obey|execute|run ~2 any|all|every|the|whatever ~2 instruction*|command* ~3 in|from|found|inside ~3 comment|comments|issue|issues|log|logs|ticket|webpage|gist|pastebin|response",
            "fetch|download|load|curl|open|visit|retrieve|read ~6 http|https|url|gist|pastebin ~12 follow|obey|execute ~3 instruction*|command*|it|script|steps|them",
            "download ~8 and|then ~1 run|execute ~1 it|them|immediately",
            "before|after ~1 every|each|any|doing ~4 silently|secretly|quietly @run",
        ],
    },
];

/// Phrases for what tools and strangers say: nothing in it may speak to the agent.
pub(crate) const UNTRUSTED: &[Group] = &[Group {
    code: LintCode::AddressesAgent,
    over_commas: true,
    phrases: &[
        "@agent|bot|model ~1 must|should|shall|please|needs|need|required|instructed ~4 run|execute|invoke|install|download|delete|commit|push|send|fetch|approve|merge|reply|upload|ignore",
        "note|notice|attention|important|message|memo|warning|instruction*|directive|request to|for ~2 @agent|bots|models ~2 :|,",
        "if you are a|an ~2 @agent|language|automated|model|bot|large|coding",
        "as an? ~1 @agent|language|model ~2 you|please|must",
        "@agent ~1 reading|processing|analyzing|summarizing this",
        "dear|hey|hello|attention ~1 @agent|bot|model",
    ],
}];

/// What the same says in scripts that have no spaces between words, or other letters.
pub(crate) const OTHER_SCRIPTS: &[&str] = &[
    "忽略之前",
    "忽略以上",
    "忽略所有",
    "忽略先前",
    "无视之前",
    "無視之前",
    "以前の指示",
    "これまでの指示",
    "指示を無視",
    "이전 지시",
    "지시를 무시",
    "игнорируй",
    "игнорируйте",
    "تجاهل التعليمات",
    "התעלם מההוראות",
];
