use std::ffi::CString;
use std::mem::size_of;
use std::ptr;

use crate::error::{Error, Result};
use crate::raw::*;
use crate::tensor::{matmul, require_count, Parameter, Tensor};

/// The model an instance is created for; see `peb_config`.
#[derive(Debug, Clone, Copy)]
pub struct Config {
    pub n_layers: i64,
    pub n_sites: i64,
    pub n_heads: i64,
    pub d_model: i64,
    pub d_head: i64,
    pub max_len: i64,
    pub n_positions: i64,
}

/// How much a line of the log matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub enum Level {
    Debug = 0,
    Information = 1,
    Warning = 2,
    Error = 3,
}

/// Declares the parameters of an instance, in [`Encoder::create`](crate::Encoder::create). The host owns, initialises,
/// trains and saves them. Names are `[a-z0-9_.]+` and unique in the instance: the key in checkpoints and of the
/// parameter's random stream. Every declaration is an error when the host refuses it.
pub struct Build {
    pub(crate) host: *const peb_host,
    pub(crate) build: *mut peb_build,
    flags: u32,
}

impl Build {
    pub(crate) fn new(host: *const peb_host, build: *mut peb_build) -> Self {
        Build { host, build, flags: 0 }
    }

    /// For parameters that are saved but never trained: `build.frozen().data(...)`.
    pub fn frozen(&self) -> Build {
        Build { flags: self.flags | PEB_PARAM_FROZEN, ..*self }
    }
    /// For parameters that are never subject to L2.
    pub fn no_decay(&self) -> Build {
        Build { flags: self.flags | PEB_PARAM_NO_DECAY, ..*self }
    }

    pub fn zeros(&self, name: &str, dims: impl AsRef<[i64]>) -> Result<Parameter> {
        self.declare(name, dims.as_ref(), PEB_INIT_ZERO, 0.0, 0.0, None)
    }
    pub fn constant(&self, name: &str, dims: impl AsRef<[i64]>, value: f64) -> Result<Parameter> {
        self.declare(name, dims.as_ref(), PEB_INIT_CONST, value, 0.0, None)
    }
    /// Normal numbers with mean 0.
    pub fn normal(&self, name: &str, dims: impl AsRef<[i64]>, deviation: f64) -> Result<Parameter> {
        self.normal_around(name, dims, 0.0, deviation)
    }
    pub fn normal_around(&self, name: &str, dims: impl AsRef<[i64]>, mean: f64, deviation: f64) -> Result<Parameter> {
        self.declare(name, dims.as_ref(), PEB_INIT_NORMAL, mean, deviation, None)
    }
    /// Redrawn outside mean +- 2 deviations.
    pub fn truncated_normal(
        &self,
        name: &str,
        dims: impl AsRef<[i64]>,
        mean: f64,
        deviation: f64,
    ) -> Result<Parameter> {
        self.declare(name, dims.as_ref(), PEB_INIT_TRUNC_NORMAL, mean, deviation, None)
    }
    /// In [low, high).
    pub fn uniform(&self, name: &str, dims: impl AsRef<[i64]>, low: f64, high: f64) -> Result<Parameter> {
        self.declare(name, dims.as_ref(), PEB_INIT_UNIFORM, low, high, None)
    }
    /// Uniform +- gain sqrt(6 / (rows + columns)) over the last two dimensions.
    pub fn xavier(&self, name: &str, dims: impl AsRef<[i64]>, gain: f64) -> Result<Parameter> {
        self.declare(name, dims.as_ref(), PEB_INIT_XAVIER, gain, 0.0, None)
    }
    /// Given values, row-major. An error when their number is not prod(dims).
    pub fn data(&self, name: &str, dims: impl AsRef<[i64]>, values: &[f64]) -> Result<Parameter> {
        require_count(dims.as_ref(), values.len(), &format!("parameter '{name}'"))?;
        self.declare(name, dims.as_ref(), PEB_INIT_DATA, 0.0, 0.0, Some(values))
    }

    /// A line for the trial's log.
    pub fn log(&self, level: Level, message: &str) {
        let line = c_string(message);
        // SAFETY: the host's table lives as long as the process.
        unsafe { ((*self.host).log)(self.host, level as u32, line.as_ptr()) }
    }

    fn declare(&self, name: &str, dims: &[i64], init: u32, a: f64, b: f64, data: Option<&[f64]>) -> Result<Parameter> {
        let key = c_string(name);
        let description = peb_param_desc {
            struct_size: size_of::<peb_param_desc>() as u32,
            flags: self.flags,
            name: key.as_ptr(),
            dims: dims.as_ptr(),
            data: data.map_or(ptr::null(), <[f64]>::as_ptr),
            a,
            b,
            ndim: dims.len() as u32,
            init,
        };
        // SAFETY: as log(); the host copies the description.
        match unsafe { ((*self.host).declare)(self.build, &description) } {
            0 => Err(Error::Internal(format!("the host refused parameter '{name}'"))),
            id => Ok(Parameter(id)),
        }
    }
}

/// A C string; what follows a NUL is cut off.
pub(crate) fn c_string(text: &str) -> CString {
    let until = text.find('\0').unwrap_or(text.len());
    CString::new(&text[..until]).unwrap_or_default()
}

/// y = x W^T + b with parameters `<name>.weight` [to, from] and `<name>.bias` [to], both uniform +- 1/sqrt(from).
pub struct Linear {
    weight: Parameter,
    bias: Parameter,
}

impl Linear {
    pub fn new(build: &Build, name: &str, from: i64, to: i64) -> Result<Self> {
        let bound = 1.0 / (from as f64).sqrt();
        Ok(Linear {
            weight: build.uniform(&format!("{name}.weight"), [to, from], -bound, bound)?,
            bias: build.uniform(&format!("{name}.bias"), [to], -bound, bound)?,
        })
    }

    /// x [..., from] -> [..., to]
    pub fn apply(&self, x: Tensor) -> Tensor {
        matmul(x, self.weight.tensor().permute([1, 0])) + self.bias
    }
}
