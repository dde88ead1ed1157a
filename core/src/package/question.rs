//! The thirteen questions without whose answers no platform should be rolled out (section 3).

use crate::model::closed_table;

closed_table! {
    /// One of the thirteen questions.
    Question: "question" {
        /// Who started this task?
        Initiator = "initiator",
        /// Which policy applied?
        Policy = "policy",
        /// Which token was used?
        Token = "token",
        /// Which sandbox ran the commands?
        Sandbox = "sandbox",
        /// Which files changed?
        Files = "files",
        /// Which commands were run?
        Commands = "commands",
        /// Which output did the model see?
        Output = "output",
        /// Which verifiers were run?
        Verifiers = "verifiers",
        /// Which judge decided?
        Judge = "judge",
        /// Whose approval was given?
        Approval = "approval",
        /// Which pull request was created?
        PullRequest = "pull_request",
        /// How is the campaign stopped?
        Stop = "stop",
        /// How is it replayed?
        Replay = "replay",
    }
}

impl Question {
    /// Returns the question in words.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Initiator => "Who started this task?",
            Self::Policy => "Which policy applied?",
            Self::Token => "Which token was used?",
            Self::Sandbox => "Which sandbox ran the commands?",
            Self::Files => "Which files changed?",
            Self::Commands => "Which commands were run?",
            Self::Output => "Which output did the model see?",
            Self::Verifiers => "Which verifiers were run?",
            Self::Judge => "Which judge decided?",
            Self::Approval => "Whose approval was given?",
            Self::PullRequest => "Which pull request was created?",
            Self::Stop => "How is the campaign stopped?",
            Self::Replay => "How is the run replayed?",
        }
    }
}
