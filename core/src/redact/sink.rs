//! Where a projection goes.

use crate::model::closed_table;

closed_table! {
    /// Where a projection goes: the seven places of section 20.
    Sink: "sink" {
        /// What the judge reads.
        JudgePacket = "judge_packet",
        /// The viewer of logs.
        LogViewer = "log_viewer",
        /// What a model reads.
        ModelContext = "model_context",
        /// The body of a pull request.
        PullRequestBody = "pull_request_body" | "pr_body",
        /// An artifact behind a shared link.
        SharedArtifact = "shared_artifact" | "artifact_shared_link",
        /// What is handed to support.
        SupportExport = "support_export",
        /// The viewer of traces.
        TraceViewer = "trace_viewer",
    }
}

mod sealed {
    pub trait Sealed {}
}

/// A sink as a type, for [`crate::Projection`]: there are seven, and nobody can add one.
pub trait SinkType: sealed::Sealed {
    /// The sink.
    const SINK: Sink;
}

macro_rules! sink_types {
    ($($name:ident),+) => {
        $(
            #[doc = concat!("[`Sink::", stringify!($name), "`] as a type.")]
            #[derive(Clone, Copy, Debug, PartialEq, Eq)]
            pub struct $name;

            impl sealed::Sealed for $name {}

            impl SinkType for $name {
                const SINK: Sink = Sink::$name;
            }
        )+
    };
}

sink_types!(
    JudgePacket,
    LogViewer,
    ModelContext,
    PullRequestBody,
    SharedArtifact,
    SupportExport,
    TraceViewer
);
