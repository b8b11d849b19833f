//! Positional encodings for pebench, written in Rust. No dependencies.
//!
//! Implement [`Encoder`] and the traits of those hooks that the encoding needs ([`Input`], [`Rotate`], [`Bias`],
//! [`Value`], [`Output`], [`Begin`]), compute with [`Tensor`], and end the file with [`plugin!`]:
//!
//! ```no_run
//! use pebench::*;
//!
//! /// Learned absolute positions (Gehring et al. 2017): x + table[position].
//! struct Learnt(Parameter);
//!
//! impl Encoder for Learnt {
//!     const INFO: Info = Info::new("learnt20", "1.0.0", "arXiv:1705.03122");
//!     const OPTIONS: &'static [Setting] = &[real("init_std", 0.02, 0.0, 10.0, "deviation of the initial table")];
//!
//!     fn create(build: &Build, config: &Config, values: &Values) -> Result<Self> {
//!         Ok(Learnt(build.normal("table", [config.n_positions, config.d_model], values.real("init_std"))?))
//!     }
//! }
//! impl Input for Learnt {
//!     /// x [B, L, D] -> [B, L, D]
//!     fn input(&self, sequence: &Sequence, x: Tensor) -> Result<Tensor> {
//!         Ok(x + embedding(self.0, sequence.position))
//!     }
//! }
//! pebench::plugin!(Learnt);
//! # fn main() {}
//! ```
//!
//! A panic in a hook is caught at the border and fails the forward pass with its message.

#[cfg(panic = "abort")]
compile_error!(
    "a plugin must not abort its host: leave out panic = \"abort\", so that panics are caught at the border"
);

#[doc(hidden)]
pub mod border;
mod build;
mod custom;
mod encoder;
mod error;
mod options;
pub mod raw;
mod tensor;

pub use build::{Build, Config, Level, Linear};
pub use custom::{Custom, Number, Operation, Shape, View, ViewMut};
pub use encoder::{Begin, Bias, Encoder, Info, Input, Output, Rotate, Sequence, Site, Value};
pub use error::{Error, Result};
pub use options::{boolean, choice, file, integer, real, text, Setting, Values};
pub use tensor::{
    arange, choose, concat, constant, einsum, embedding, full, matmul, normal, stack, Dtype, Operand, Parameter, Tensor,
};

/// The flags of [`Encoder::FLAGS`]: what the host must provide, and claims that it may rely on.
pub mod flags {
    pub use crate::raw::{
        PEB_IS_AFFINE_INPUT as IS_AFFINE_INPUT, PEB_IS_CAUSAL as IS_CAUSAL, PEB_IS_EXTRAPOLATING as IS_EXTRAPOLATING,
        PEB_IS_NULL as IS_NULL, PEB_IS_SHIFT_INVARIANT as IS_SHIFT_INVARIANT, PEB_NEED_HIDDEN as NEED_HIDDEN,
        PEB_NEED_LOGITS as NEED_LOGITS, PEB_NEED_PROBS as NEED_PROBS, PEB_NEED_TIME as NEED_TIME,
    };
}

/// Defines the library's entry for one or more encoders: `plugin!(Learnt)`, `plugin!(Rope, Alibi)`.
///
/// A hook whose trait an encoder does not implement stays NULL in its descriptor.
#[macro_export]
macro_rules! plugin {
    ($($encoder:ty),+ $(,)?) => {
        /// # Safety
        /// `host` is NULL or points to a host's table that lives as long as the process.
        #[no_mangle]
        pub unsafe extern "C" fn peb_plugin_v1(host: *const $crate::raw::peb_host) -> *const $crate::raw::peb_plugin {
            #[allow(unused_imports)]
            use $crate::border::{absent::*, Border};
            static PLUGIN: $crate::border::Plugin = $crate::border::Plugin::new();
            PLUGIN.enter(host, || {
                vec![$({
                    type Hooks = Border<$encoder>;
                    $crate::border::describe::<$encoder>($crate::border::Hooks {
                        begin: Hooks::BEGIN,
                        input: Hooks::INPUT,
                        rotate: Hooks::ROTATE,
                        bias: Hooks::BIAS,
                        value: Hooks::VALUE,
                        output: Hooks::OUTPUT,
                    })
                }),+]
            })
        }
    };
}
