use crate::build::{Build, Config};
use crate::error::Result;
use crate::options::{Setting, Values};
use crate::tensor::Tensor;

/// Who an encoder is.
pub struct Info {
    pub(crate) id: &'static str,
    pub(crate) version: &'static str,
    pub(crate) cite: &'static str,
    pub(crate) name: &'static str,
}

impl Info {
    /// id: `[a-z][a-z0-9_]*`, what suites call it; cite: a paper, "doi:..." or "arXiv:...".
    pub const fn new(id: &'static str, version: &'static str, cite: &'static str) -> Self {
        Info { id, version, cite, name: id }
    }
    /// A name for people, instead of the id.
    pub const fn named(self, name: &'static str) -> Self {
        Info { name, ..self }
    }
}

/// A sequence of embeddings x [B, L, D]; see `peb_sequence`.
#[derive(Debug, Clone, Copy)]
pub struct Sequence {
    pub candidates: bool,
    pub causal: bool,
    pub training: bool,
    pub batch: i64,
    pub length: i64,
    pub width: i64,
    /// I64 [1, L] or [B, L], the slot in the window: never count slots yourself.
    pub position: Tensor,
    /// I64 [B, L], seconds; none without `flags::NEED_TIME`.
    pub time: Tensor,
    /// BOOL [B, L], true for real events.
    pub mask: Tensor,
}

/// One attention call; see `peb_site`.
#[derive(Debug, Clone, Copy)]
pub struct Site {
    pub cross: bool,
    pub causal: bool,
    pub training: bool,
    pub layer: i64,
    pub batch: i64,
    pub heads: i64,
    pub queries: i64,
    pub keys: i64,
    pub head_width: i64,
    pub scale: f64,
    /// [B, H, Lq or Lk, h]; after rotate() in later hooks.
    pub q: Tensor,
    pub k: Tensor,
    pub v: Tensor,
    /// I64 [1, Lq] or [B, Lq].
    pub query_position: Tensor,
    /// I64 [1, Lk] or [B, Lk].
    pub key_position: Tensor,
    /// As [`Sequence::time`].
    pub query_time: Tensor,
    pub key_time: Tensor,
    /// BOOL, broadcasts to [B, 1, Lq, Lk]: never derive it from positions.
    pub visible: Tensor,
    /// In bias() with `flags::NEED_LOGITS`.
    pub logits: Tensor,
    /// In value() with `flags::NEED_PROBS`.
    pub probs: Tensor,
    /// [B, Lq, D], before the projection to q, with `flags::NEED_HIDDEN`; hosts of 1.0 refuse a library that has it.
    pub query_hidden: Tensor,
    /// [B, Lk, D], before the projections to k and v.
    pub key_hidden: Tensor,
}

impl Site {
    /// key - query position -> I64 [1 or B, 1, Lq, Lk]
    pub fn relative_position(&self) -> Result<Tensor> {
        Ok(self.key_position.unsqueeze(1)?.unsqueeze(2)? - self.query_position.unsqueeze(1)?.unsqueeze(3)?)
    }
}

/// What every encoder is. Its hooks are traits of their own: those that are not implemented stay NULL in the descriptor.
///
/// Calls on one instance never overlap, but may come from different threads over time.
pub trait Encoder: Send + Sized + 'static {
    const INFO: Info;
    /// What a suite may set.
    const OPTIONS: &'static [Setting] = &[];
    /// `flags::NEED_TIME | flags::IS_SHIFT_INVARIANT`, ...
    const FLAGS: u32 = 0;

    /// Makes an instance and declares its parameters.
    fn create(build: &Build, config: &Config, values: &Values) -> Result<Self>;
}

pub trait Begin {
    /// Once per pass, before any other hook: forget tensors kept from the last one.
    fn begin(&mut self) -> Result<()>;
}

pub trait Input {
    /// x [B, L, D] -> [B, L, D]
    fn input(&self, sequence: &Sequence, x: Tensor) -> Result<Tensor>;
}

pub trait Rotate {
    /// q [B, H, Lq, h], k [B, H, Lk, h] -> the same shapes
    fn rotate(&self, site: &Site, q: Tensor, k: Tensor) -> Result<(Tensor, Tensor)>;
}

pub trait Bias {
    /// -> [B, H, Lq, Lk], added to the scaled logits; may broadcast
    fn bias(&self, site: &Site) -> Result<Tensor>;
}

pub trait Value {
    /// -> [B, H, Lq, h], added to probs @ v
    fn value(&self, site: &Site) -> Result<Tensor>;
}

pub trait Output {
    /// The merged heads y [B, Lq, D] -> [B, Lq, D]
    fn output(&self, site: &Site, y: Tensor) -> Result<Tensor>;
}
