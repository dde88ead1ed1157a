//! What findings are called.

use crate::model::closed_table;

closed_table! {
    /// What a text is, and so what is looked for in it.
    LintKind: "kind of text" {
        /// Instructions for agents that a repository gives: `AGENTS.md` and its like (section 41).
        Instructions = "instructions",
        /// A prompt that is to be released (section 30).
        Prompt = "prompt",
        /// What a tool, a web page or a stranger says: never an instruction.
        Untrusted = "untrusted",
    }
}

impl LintKind {
    /// Returns what a text is by the path that it has: instructions and prompts by their names and
    /// folders, everything else untrusted.
    pub fn of_path(path: &str) -> Self {
        let path = path.to_ascii_lowercase();
        let mut names = path.rsplit(['/', '\\']);
        let name = names.next().unwrap_or_default();
        let folder = names.next().unwrap_or_default();
        let above = names.next().unwrap_or_default();
        let text = name.ends_with(".md") || name.ends_with(".mdc") || name.ends_with(".txt");
        let in_folder = matches!(
            (above, folder),
            (".cursor" | ".windsurf" | ".clinerules" | ".continue", "rules")
                | (".claude", "agents" | "commands" | "rules")
                | (".github", "instructions" | "agents" | "chatmodes")
                | (_, ".clinerules" | ".roo" | ".kiro")
        );
        if INSTRUCTIONS.contains(&name) || name.ends_with(".instructions.md") || (text && in_folder)
        {
            return Self::Instructions;
        }
        let prompts = text && (folder == "prompts" || folder == "prompt");
        if prompts || name.ends_with(".prompt") || name.ends_with(".prompt.md") {
            return Self::Prompt;
        }
        Self::Untrusted
    }
}

/// Returns true for the path of a text that agents take instructions from.
pub fn is_for_agents(path: &str) -> bool {
    match LintKind::of_path(path) {
        LintKind::Instructions | LintKind::Prompt => true,
        LintKind::Untrusted => false,
    }
}

/// Names, in lower case, of files that agents read by themselves.
const INSTRUCTIONS: [&str; 18] = [
    ".clinerules",
    ".cursorrules",
    ".goosehints",
    ".roorules",
    ".rules",
    ".windsurfrules",
    "agent.md",
    "agents.local.md",
    "agents.md",
    "agents.override.md",
    "claude.local.md",
    "claude.md",
    "codex.md",
    "copilot-instructions.md",
    "gemini.md",
    "llms.txt",
    "skill.md",
    "warp.md",
];

closed_table! {
    /// How bad a finding is, from the least to the worst.
    LintSeverity: "severity" {
        /// Worth a look.
        Notice = "notice",
        /// A person should decide.
        Warning = "warning",
        /// An attack, or as good as one.
        Danger = "danger",
    }
}

closed_table! {
    /// What was found.
    LintCode: "lint code" {
        /// Text of a tool speaks to the agent.
        AddressesAgent = "addresses_agent",
        /// Two sentences of a prompt contradict each other.
        ConflictingInstruction = "conflicting_instruction",
        /// A link or image would carry data to another machine.
        DataInLink = "data_in_link",
        /// A URL carries its content in itself.
        DataUrl = "data_url",
        /// A long run of encoded data, or encoded words.
        EncodedText = "encoded_text",
        /// A prompt lets the agent go further than it should by itself.
        ExcessiveAutonomy = "excessive_autonomy",
        /// Secrets or files are to be sent away.
        ExfiltratesData = "exfiltrates_data",
        /// More is said to be allowed than the policy allows.
        ExpandsPermission = "expands_permission",
        /// Instructions of a folder reach beyond it.
        ExpandsScope = "expands_scope",
        /// Instructions stand where people do not see them.
        HiddenInstruction = "hidden_instruction",
        /// Something is to be kept from people.
        HidesActions = "hides_actions",
        /// Text imitates a turn of the conversation.
        ImitatesRole = "imitates_role",
        /// Text imitates a call of a tool, or its result.
        ImitatesToolCall = "imitates_tool_call",
        /// Characters that do not show.
        InvisibleText = "invisible_text",
        /// A word is written with letters that look like others.
        LookAlikeLetters = "look_alike_letters",
        /// A prompt asks for no evidence.
        MissingEvidence = "missing_evidence_requirement",
        /// A prompt forbids nothing.
        MissingForbiddenAction = "missing_forbidden_action",
        /// A prompt does not say when to stop.
        MissingStopCondition = "missing_stop_condition",
        /// Policy or earlier instructions are to be ignored.
        OverridesInstructions = "overrides_instructions",
        /// Marks turn the direction of text around.
        ReorderedText = "reordered_text",
        /// Something is to be run that nobody asked for.
        RunsCommand = "runs_command",
        /// Tests, review or checks are to be left out.
        SkipsChecks = "skips_checks",
        /// The text is longer than is read.
        TextTooLong = "text_too_long",
        /// A prompt recommends a dangerous tool.
        UnsafeTool = "unsafe_tool_recommendation",
        /// A prompt does not say what counts as success, or says it vaguely.
        VagueSuccessCriterion = "vague_success_criterion",
    }
}

impl LintCode {
    /// Returns how bad a finding of this code is.
    pub const fn severity(self) -> LintSeverity {
        match self {
            Self::AddressesAgent
            | Self::DataUrl
            | Self::EncodedText
            | Self::MissingEvidence
            | Self::VagueSuccessCriterion => LintSeverity::Notice,
            Self::ConflictingInstruction
            | Self::ExcessiveAutonomy
            | Self::ExpandsPermission
            | Self::ExpandsScope
            | Self::InvisibleText
            | Self::LookAlikeLetters
            | Self::MissingForbiddenAction
            | Self::MissingStopCondition
            | Self::SkipsChecks
            | Self::TextTooLong
            | Self::UnsafeTool => LintSeverity::Warning,
            Self::DataInLink
            | Self::ExfiltratesData
            | Self::HiddenInstruction
            | Self::HidesActions
            | Self::ImitatesRole
            | Self::ImitatesToolCall
            | Self::OverridesInstructions
            | Self::ReorderedText
            | Self::RunsCommand => LintSeverity::Danger,
        }
    }

    /// Returns the sentence for people.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::AddressesAgent => {
                "this speaks to the agent, but what a tool returns is never an instruction"
            }
            Self::ConflictingInstruction => "this contradicts another instruction of the prompt",
            Self::DataInLink => "this link would carry data to another machine when it is opened",
            Self::DataUrl => "this URL carries its content in itself, where nobody reads it",
            Self::EncodedText => "this is encoded, so that people do not see what it says",
            Self::ExcessiveAutonomy => "this lets the agent go further by itself than it should",
            Self::ExfiltratesData => "this would send secrets or files away",
            Self::ExpandsPermission => {
                "this claims a permission, but only the policy permits and people approve"
            }
            Self::ExpandsScope => {
                "this reaches beyond its folder, but a folder's instructions never do"
            }
            Self::HiddenInstruction => "this is an instruction where people do not see it",
            Self::HidesActions => "this would keep from people what the agent does",
            Self::ImitatesRole => "this imitates a turn of the conversation, such as the system's",
            Self::ImitatesToolCall => "this imitates a call of a tool or its result",
            Self::InvisibleText => "there are characters here that do not show",
            Self::LookAlikeLetters => "this word has letters of another script that look alike",
            Self::MissingEvidence => "the prompt asks for no evidence of what was done",
            Self::MissingForbiddenAction => "the prompt does not say what is forbidden",
            Self::MissingStopCondition => "the prompt does not say when to stop",
            Self::OverridesInstructions => {
                "this would override policy or earlier instructions, which no text can do"
            }
            Self::ReorderedText => "marks here make text look different from what it says",
            Self::RunsCommand => "this would have something run that nobody asked for",
            Self::SkipsChecks => "this would leave out tests, review or other checks",
            Self::TextTooLong => "the text is longer than is read, so that its end is unread",
            Self::UnsafeTool => "this recommends a dangerous tool or option",
            Self::VagueSuccessCriterion => "what counts as success cannot be checked",
        }
    }
}
