//! `bailiwick choose-model`.

use std::path::PathBuf;

use bailiwick_wire::WireError;
use bailiwick_wire::read_state;
use serde::Deserialize;
use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use crate::args::instant;
use crate::exit::Exit;
use crate::exit::Failure;
use crate::files::MAX_FILE_BYTES;
use crate::files::error_at;
use crate::files::policy_files;
use crate::files::read_text;
use crate::files::root;
use crate::finding::Place;
use crate::judge::clock;
use crate::judge::load;
use crate::output::Output;
use crate::output::printable;
use crate::requests::Asked;
use crate::requests::Requests;

#[derive(Debug, clap::Args)]
pub(crate) struct ChooseModelArgs {
    /// The policies: a folder, or a file
    #[arg(long, value_name = "DIR")]
    pub(crate) policies: PathBuf,
    /// The live state, YAML or JSON; without it the answer is to a what-if question
    #[arg(long, value_name = "FILE")]
    pub(crate) state: Option<PathBuf>,
    /// The instant, RFC 3339; else the state's own `now`, else the clock
    #[arg(long, value_name = "INSTANT", value_parser = instant)]
    pub(crate) now: Option<String>,
    /// The class of the task, such as dependency_upgrade
    #[arg(long, value_name = "CLASS")]
    pub(crate) task_class: Option<String>,
    /// The highest class of the data that the model would see
    #[arg(long, value_name = "CLASS")]
    pub(crate) data_class: Option<String>,
    /// What the model is used for, such as planning_and_repair
    #[arg(long, value_name = "TEXT")]
    pub(crate) use_for: Option<String>,
    /// The region that it must run in
    #[arg(long, value_name = "REGION")]
    pub(crate) region: Option<String>,
    /// The tokens that the call adds
    #[arg(long, value_name = "N")]
    pub(crate) tokens: Option<u32>,
    /// A model that answers at present, as PROVIDER/MODEL, and behind it `,region=REGION` where it
    /// is known in which it runs; once or more. Else all of the policies'
    #[arg(long = "candidate", value_name = "PROVIDER/MODEL")]
    pub(crate) candidates: Vec<String>,
    /// A request that the arguments are put over, YAML or JSON; `-` is standard input
    pub(crate) file: Option<PathBuf>,
}

#[derive(Deserialize)]
struct Choice {
    chosen: Option<Chosen>,
    explanation: String,
    fallbacks: Vec<Chosen>,
    refused: Vec<Refused>,
}

#[derive(Deserialize)]
struct Chosen {
    location: Option<Place>,
    model: String,
    policy: Option<String>,
    provider: String,
    region: Option<String>,
}

#[derive(Deserialize)]
struct Refused {
    model: String,
    provider: String,
    reasons: Vec<Reason>,
}

#[derive(Deserialize)]
struct Reason {
    code: String,
    location: Option<Place>,
    message: String,
    policy: Option<String>,
    rule: Option<String>,
}

/// Prints the model to call, and why each other one is refused. No model is a denial.
pub(crate) fn run(args: &ChooseModelArgs, output: &Output) -> Result<Exit, Failure> {
    let files = policy_files(&args.policies)?;
    let below = root(&args.policies);
    let policies = match load(&files) {
        Ok(policies) => policies,
        Err(error) => {
            output.findings(&error, &below);
            return Ok(Exit::Denied);
        }
    };
    let answer = policies.call("choose_model", &input(args, output)?.to_string())?;
    let choice: Choice = super::read(&answer)?;
    let exit = if choice.chosen.is_some() { Exit::Ok } else { Exit::Denied };
    if output.is_json() {
        output.line(&answer)?;
        return Ok(exit);
    }
    let place = |location: Option<&Place>| {
        location.map(|place| format!("  {}", place.to_text(&below))).unwrap_or_default()
    };
    let name = |chosen: &Chosen| {
        let region = chosen.region.as_ref().map(|region| format!(" in {region}"));
        let name = format!("{}/{}{}", chosen.provider, chosen.model, region.unwrap_or_default());
        let policy = chosen.policy.as_ref().map(|policy| format!("  {policy}"));
        printable(&format!("{name}{}", policy.unwrap_or_default()))
    };
    match &choice.chosen {
        Some(chosen) => {
            let (paint, at) = (output.paint, place(chosen.location.as_ref()));
            output.line(&format!("{}  {}{at}", paint.green("chosen"), name(chosen)))?;
        }
        None if choice.refused.is_empty() => output.line(&printable(&choice.explanation))?,
        None => output.line(&output.paint.red("no model"))?,
    }
    for fallback in &choice.fallbacks {
        let at = place(fallback.location.as_ref());
        output.line(&format!("then    {}{at}", name(fallback)))?;
    }
    for refused in &choice.refused {
        let line = format!("not     {}/{}", refused.provider, refused.model);
        output.line(&printable(&line))?;
        for reason in &refused.reasons {
            let by = match (&reason.policy, &reason.rule) {
                (Some(policy), Some(rule)) => format!(" [{policy}, {rule}]"),
                (_, _) => String::new(),
            };
            let line = format!("          {}: {}{by}", reason.code, reason.message);
            output.line(&format!("{}{}", printable(&line), place(reason.location.as_ref())))?;
        }
    }
    Ok(exit)
}

fn input(args: &ChooseModelArgs, output: &Output) -> Result<Value, Failure> {
    let mut input = Map::new();
    input.insert("request".to_owned(), request(args)?.into());
    if !args.candidates.is_empty() {
        let mut candidates = Vec::new();
        for text in &args.candidates {
            let (name, region) = match text.rsplit_once(",region=") {
                Some((name, region)) => (name, Some(region)),
                None => (text.as_str(), None),
            };
            let Some((provider, model)) = name.split_once('/') else {
                let message = format!("`{text}` names no provider");
                return Err(WireError::new("usage", message)
                    .with_help("write --candidate PROVIDER/MODEL, or PROVIDER/MODEL,region=REGION")
                    .into());
            };
            candidates.push(json!({"model": model, "provider": provider, "region": region}));
        }
        input.insert("candidates".to_owned(), candidates.into());
    }
    match &args.state {
        Some(path) => {
            let text = read_text(path, MAX_FILE_BYTES)?;
            let now = args.now.as_deref();
            let state = read_state(&path.to_string_lossy(), &text, now, &clock())?;
            input.insert("state".to_owned(), super::read(&state)?);
        }
        None => {
            output.note("no state is given, so this answers a what-if question");
            let now = args.now.clone().unwrap_or_else(clock);
            input.insert("now".to_owned(), now.into());
            input.insert("what_if".to_owned(), true.into());
        }
    }
    Ok(input.into())
}

/// Returns the request of the file with the arguments over it.
fn request(args: &ChooseModelArgs) -> Result<Map<String, Value>, Failure> {
    let mut request: Map<String, Value> = match &args.file {
        None => Map::new(),
        Some(path) => match Requests::read(path, false)? {
            Requests::One(Asked::Request(text)) => serde_json::from_str(&text)
                .map_err(|error| error_at(path, "request_unreadable", error.to_string()))?,
            Requests::One(Asked::Unreadable(error)) => return Err((*error).into()),
            Requests::Many(_) | Requests::Lines(_) => {
                return Err(error_at(path, "request_unreadable", "one request is expected").into());
            }
        },
    };
    if let Some(class) = &args.task_class {
        request.insert("task_class".to_owned(), class.as_str().into());
    }
    let model = request.entry("model").or_insert_with(|| Map::new().into());
    if let Value::Object(model) = model {
        let given = [
            ("data_class", args.data_class.as_ref().map(|text| json!(text))),
            ("region", args.region.as_ref().map(|text| json!(text))),
            ("tokens", args.tokens.map(|tokens| json!(tokens))),
            ("use_for", args.use_for.as_ref().map(|text| json!(text))),
        ];
        for (key, value) in given {
            if let Some(value) = value {
                model.insert(key.to_owned(), value);
            }
        }
    }
    Ok(request)
}
