//! Encoded lines under each other: a large block, the body of a private key whose BEGIN is missing,
//! or nothing.

use crate::document::RedactAction;
use crate::redact::block::LONGEST_RUN;
use crate::redact::block::has_encoded_tail;
use crate::redact::block::is_encoded;
use crate::redact::block::may_be_encoded;
use crate::redact::bytes::BASE64;
use crate::redact::engine::Engine;
use crate::redact::kind::Kind;
use crate::redact::marker::Amount;
use crate::redact::marker::write_marker;
use crate::redact::pem;

/// Encoded lines that are not decided yet, or a block that goes on.
#[derive(Clone, Debug, Default)]
pub(crate) struct Group {
    /// The bytes of a block that goes on: it is too long to be shown.
    block: Option<Block>,
    /// Lines that are not decided yet.
    held: Vec<u8>,
    /// The last of them was shorter than a whole line of a key: its END must follow.
    closing: bool,
    /// Some of them have other text before what is encoded.
    prefixed: bool,
}

/// Lines behind prefixes that are held: a key of 4,096 bits, and prefixes of 80 bytes.
const MOST_HELD: usize = 8 << 10;

#[derive(Clone, Copy, Debug)]
struct Block {
    bytes: u64,
    /// Its last line had a line feed, which is not written yet.
    feed: bool,
    /// The lines before it.
    line: u64,
}

impl Engine {
    /// Returns true where a group is not over.
    pub(super) fn is_in_group(&self) -> bool {
        self.group.block.is_some() || !self.group.held.is_empty()
    }

    /// Returns true where `line` may belong to a group.
    pub(super) fn is_grouped(&self, line: &[u8]) -> bool {
        self.is_in_group()
            || (may_be_encoded(line)
                && self.pending.is_none()
                && (is_encoded(line) || has_encoded_tail(line)))
    }

    /// Takes the line into the group, or ends the group: then returns false, and the line is one
    /// like others.
    pub(super) fn grouped_line(&mut self, line: &[u8], feed: bool) -> bool {
        self.repeat.forget();
        let plain = is_encoded(line);
        // A block holds nothing but encoded lines; a key's may stand behind prefixes.
        let prefixed = !plain && self.group.block.is_none() && has_encoded_tail(line);
        let encoded = (plain || prefixed) && !self.group.closing;
        if let Some(block) = &mut self.group.block {
            if !encoded {
                self.settle_group();
                return false;
            }
            self.trace.skip(usize::from(feed));
            let before = std::mem::replace(&mut block.feed, feed);
            block.bytes += u64::try_from(line.len()).unwrap_or(u64::MAX);
            if before {
                self.write(b"\n");
            }
            return true;
        }
        if !encoded {
            let tail = line.iter().rev().take_while(|byte| BASE64.has(**byte)).count();
            let alone = line.trim_ascii().len() == tail;
            let short = alone || (self.group.prefixed && (tail >= 8 || line.ends_with(b"=")));
            let ends = pem::is_private_end(line);
            if ends || self.group.closing || !feed || tail == 0 || !short {
                if ends {
                    self.drop_held();
                }
                self.settle_group();
                return false;
            }
            self.group.closing = true;
        }
        self.group.prefixed |= prefixed;
        self.pending = None;
        self.group.held.extend_from_slice(line);
        if feed {
            self.group.held.push(b'\n');
        }
        if self.group.prefixed {
            if self.group.held.len() > MOST_HELD {
                self.settle_group();
            }
        } else if encoded
            && self.group.held.len() > LONGEST_RUN
            && self.block_action(Kind::LargeBlock) == RedactAction::Keep
        {
            self.settle_group();
        } else if encoded && self.group.held.len() > LONGEST_RUN {
            let held = std::mem::take(&mut self.group.held);
            let feeds = memchr::memchr_iter(b'\n', &held).count();
            let bytes = u64::try_from(held.len() - feeds).unwrap_or(u64::MAX);
            self.group.block = Some(Block { bytes, feed, line: self.trace.next() });
            self.trace.skip(feeds);
            self.write(&vec![b'\n'; feeds.saturating_sub(usize::from(feed))]);
        }
        true
    }

    /// The held lines were a key's: what is encoded of them goes, the text before it is one like
    /// others, and its END tells the rest.
    fn drop_held(&mut self) {
        let held = std::mem::take(&mut self.group.held);
        let mut left = Vec::new();
        for line in held.split_inclusive(|byte| *byte == b'\n') {
            let text = line.trim_ascii_end();
            let tail = text.iter().rev().take_while(|byte| BASE64.has(**byte)).count();
            let before = text.get(..text.len() - tail).unwrap_or(&[]);
            if !before.trim_ascii().is_empty() {
                left.extend_from_slice(before);
                write_marker(
                    &mut left,
                    &self.redactor.targets().kinds,
                    Kind::PrivateKey,
                    &[],
                    None,
                );
            }
            if line.ends_with(b"\n") {
                left.push(b'\n');
            }
        }
        self.walk_alone(&left);
    }

    /// Ends the group: lines that were held are lines like others, a block gets its marker.
    pub(super) fn settle_group(&mut self) {
        let group = std::mem::take(&mut self.group);
        if let Some(block) = group.block {
            let info = self.redactor.targets().kinds.info(Kind::LargeBlock);
            self.trace.note_block((block.line, 0), block.bytes, info);
            self.write_block(Kind::LargeBlock, Amount::Bytes(block.bytes));
            if block.feed {
                self.write(b"\n");
            }
        }
        if !group.held.is_empty() {
            self.walk_alone(&group.held);
        }
    }

    /// Walks over lines that belong to no group.
    fn walk_alone(&mut self, lines: &[u8]) {
        let mut search = std::mem::take(&mut self.again);
        search.run(lines, self.redactor.targets(), self.redactor.known());
        self.walk(lines, &search, false);
        self.again = search;
    }
}
