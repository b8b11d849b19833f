//! pebench.h, version 1.1, member for member. That header is the documentation.
#![allow(non_camel_case_types, clippy::upper_case_acronyms)]

use std::os::raw::{c_char, c_void};

pub const PEB_ABI_MINOR: u32 = 1;

pub type peb_tensor = u64;
pub type peb_param = u32;
pub type peb_status = i32;

#[repr(C)]
pub struct peb_scope {
    _opaque: [u8; 0],
}
#[repr(C)]
pub struct peb_build {
    _opaque: [u8; 0],
}

macro_rules! codes {
    ($type:ty: $($name:ident = $number:expr),+ $(,)?) => {
        $(pub const $name: $type = $number;)+
    };
}
codes!(peb_status: PEB_OK = 0, PEB_E_INVALID = 1, PEB_E_UNSUPPORTED = 2, PEB_E_INTERNAL = 3);
codes!(u32: PEB_F16 = 1, PEB_BF16 = 2, PEB_F32 = 3, PEB_F64 = 4, PEB_I64 = 5, PEB_BOOL = 6, PEB_MODEL = 7);
codes!(u32: PEB_NEG = 1, PEB_ABS = 2, PEB_EXP = 3, PEB_LOG = 4, PEB_SIN = 5, PEB_COS = 6, PEB_SQRT = 7, PEB_TANH = 8,
    PEB_SIGMOID = 9, PEB_RELU = 10, PEB_SOFTPLUS = 11, PEB_FLOOR = 12, PEB_CEIL = 13, PEB_SIGN = 14);
codes!(u32: PEB_ADD = 1, PEB_SUB = 2, PEB_MUL = 3, PEB_DIV = 4, PEB_POW = 5, PEB_MIN = 6, PEB_MAX = 7, PEB_LT = 8,
    PEB_LE = 9, PEB_EQ = 10);
codes!(u32: PEB_SUM = 1, PEB_MEAN = 2, PEB_AMAX = 3, PEB_CUMSUM = 4, PEB_SOFTMAX = 5);
codes!(u32: PEB_OPT_INT = 1, PEB_OPT_REAL = 2, PEB_OPT_BOOL = 3, PEB_OPT_ENUM = 4, PEB_OPT_STRING = 5, PEB_OPT_FILE = 6);
codes!(u32: PEB_INIT_ZERO = 1, PEB_INIT_CONST = 2, PEB_INIT_NORMAL = 3, PEB_INIT_TRUNC_NORMAL = 4, PEB_INIT_UNIFORM = 5,
    PEB_INIT_XAVIER = 6, PEB_INIT_DATA = 7);
codes!(u32: PEB_PARAM_FROZEN = 1, PEB_PARAM_NO_DECAY = 2);
codes!(u32: PEB_SELF = 1, PEB_CROSS = 2);
codes!(u32: PEB_PROFILE = 1, PEB_CANDIDATES = 2);
codes!(u32: PEB_CAUSAL = 1, PEB_TRAINING = 2);
codes!(u32: PEB_NEED_TIME = 1, PEB_NEED_LOGITS = 2, PEB_NEED_PROBS = 4, PEB_NEED_HIDDEN = 8,
    PEB_IS_SHIFT_INVARIANT = 256, PEB_IS_EXTRAPOLATING = 512, PEB_IS_NULL = 1024, PEB_IS_AFFINE_INPUT = 2048,
    PEB_IS_CAUSAL = 4096);
codes!(u32: PEB_CUSTOM_CUDA = 1, PEB_CUSTOM_STRIDED = 2);

#[repr(C)]
#[derive(Clone, Copy)]
pub struct peb_view {
    pub data: *mut c_void,
    pub device_type: i32,
    pub device_id: i32,
    pub ndim: i32,
    pub code: u8,
    pub bits: u8,
    pub lanes: u16,
    pub shape: *mut i64,
    pub strides: *mut i64,
    pub byte_offset: u64,
}

pub type Infer =
    unsafe extern "C" fn(*mut c_void, *mut peb_scope, *const peb_view, u32, *mut peb_view, u32) -> peb_status;
pub type Forward = unsafe extern "C" fn(
    *mut c_void,
    *mut peb_scope,
    *const peb_view,
    u32,
    *mut peb_view,
    u32,
    *mut c_void,
) -> peb_status;
pub type Backward = unsafe extern "C" fn(
    *mut c_void,
    *mut peb_scope,
    *const peb_view,
    u32,
    *const peb_view,
    *const peb_view,
    u32,
    *mut peb_view,
    *mut c_void,
) -> peb_status;

#[repr(C)]
pub struct peb_custom {
    pub struct_size: u32,
    pub flags: u32,
    pub name: *const c_char,
    pub user: *mut c_void,
    pub infer: Option<Infer>,
    pub forward: Option<Forward>,
    pub backward: Option<Backward>,
}

type Scope = *mut peb_scope;
type T = peb_tensor;

/// Operations are never NULL.
#[repr(C)]
pub struct peb_ops {
    pub struct_size: u32,
    pub abi_minor: u32,
    pub status: unsafe extern "C" fn(Scope) -> peb_status,
    pub fail: unsafe extern "C" fn(Scope, peb_status, *const c_char),
    pub shape: unsafe extern "C" fn(Scope, T, *mut i64, u32) -> u32,
    pub dtype: unsafe extern "C" fn(Scope, T) -> u32,
    pub release: unsafe extern "C" fn(Scope, T),
    pub parameter: unsafe extern "C" fn(Scope, peb_param) -> T,
    pub constant: unsafe extern "C" fn(Scope, *const f64, *const i64, u32, u32) -> T,
    pub full: unsafe extern "C" fn(Scope, f64, *const i64, u32, u32) -> T,
    pub arange: unsafe extern "C" fn(Scope, f64, f64, i64, u32) -> T,
    pub cast: unsafe extern "C" fn(Scope, T, u32) -> T,
    pub detach: unsafe extern "C" fn(Scope, T) -> T,
    pub unary: unsafe extern "C" fn(Scope, u32, T) -> T,
    pub binary: unsafe extern "C" fn(Scope, u32, T, T) -> T,
    pub scalar: unsafe extern "C" fn(Scope, u32, T, f64) -> T,
    pub along: unsafe extern "C" fn(Scope, u32, T, i32) -> T,
    pub choose: unsafe extern "C" fn(Scope, T, T, T) -> T,
    pub clamp: unsafe extern "C" fn(Scope, T, f64, f64) -> T,
    pub matmul: unsafe extern "C" fn(Scope, T, T) -> T,
    pub einsum: unsafe extern "C" fn(Scope, *const c_char, *const T, u32) -> T,
    pub embedding: unsafe extern "C" fn(Scope, T, T) -> T,
    pub gather: unsafe extern "C" fn(Scope, T, i32, T) -> T,
    pub scatter_add: unsafe extern "C" fn(Scope, T, i32, T, i64) -> T,
    pub reshape: unsafe extern "C" fn(Scope, T, *const i64, u32) -> T,
    pub permute: unsafe extern "C" fn(Scope, T, *const i32, u32) -> T,
    pub expand: unsafe extern "C" fn(Scope, T, *const i64, u32) -> T,
    pub slice: unsafe extern "C" fn(Scope, T, i32, i64, i64, i64) -> T,
    pub concat: unsafe extern "C" fn(Scope, *const T, u32, i32) -> T,
    pub dropout: unsafe extern "C" fn(Scope, T, f64) -> T,
    pub normal: unsafe extern "C" fn(Scope, f64, f64, *const i64, u32) -> T,
    pub custom: unsafe extern "C" fn(Scope, *const peb_custom, *const T, u32, *mut T, u32) -> peb_status,
}

#[repr(C)]
pub struct peb_param_desc {
    pub struct_size: u32,
    pub flags: u32,
    pub name: *const c_char,
    pub dims: *const i64,
    pub data: *const f64,
    pub a: f64,
    pub b: f64,
    pub ndim: u32,
    pub init: u32,
}

#[repr(C)]
pub struct peb_option {
    pub key: *const c_char,
    pub help: *const c_char,
    pub choices: *const c_char,
    pub text: *const c_char,
    pub def: f64,
    pub min: f64,
    pub max: f64,
    pub kind: u32,
    pub flags: u32,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct peb_value {
    pub num: f64,
    pub str: *const c_char,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct peb_config {
    pub struct_size: u32,
    pub n_layers: u32,
    pub n_sites: u32,
    pub n_heads: u32,
    pub d_model: u32,
    pub d_head: u32,
    pub max_len: u32,
    pub n_positions: u32,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct peb_sequence {
    pub struct_size: u32,
    pub role: u32,
    pub flags: u32,
    pub reserved: u32,
    pub batch: i64,
    pub length: i64,
    pub width: i64,
    pub position: peb_tensor,
    pub time: peb_tensor,
    pub mask: peb_tensor,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct peb_site {
    pub struct_size: u32,
    pub kind: u32,
    pub layer: u32,
    pub flags: u32,
    pub batch: i64,
    pub heads: i64,
    pub queries: i64,
    pub keys: i64,
    pub head_width: i64,
    pub scale: f64,
    pub q: peb_tensor,
    pub k: peb_tensor,
    pub v: peb_tensor,
    pub query_position: peb_tensor,
    pub key_position: peb_tensor,
    pub query_time: peb_tensor,
    pub key_time: peb_tensor,
    pub visible: peb_tensor,
    pub logits: peb_tensor,
    pub probs: peb_tensor,
    pub query_hidden: peb_tensor,
    pub key_hidden: peb_tensor,
}

#[repr(C)]
pub struct peb_host {
    pub struct_size: u32,
    pub abi_minor: u32,
    pub name: *const c_char,
    pub version: *const c_char,
    pub ops: *const peb_ops,
    pub declare: unsafe extern "C" fn(*mut peb_build, *const peb_param_desc) -> peb_param,
    pub log: unsafe extern "C" fn(*const peb_host, u32, *const c_char),
    pub extension: unsafe extern "C" fn(*const peb_host, *const c_char) -> *const c_void,
}

pub type Create = unsafe extern "C" fn(
    *const peb_host,
    *mut peb_build,
    *const peb_config,
    *const peb_value,
    *mut *mut c_void,
) -> peb_status;
pub type BeginHook = unsafe extern "C" fn(*mut c_void, Scope) -> peb_status;
pub type InputHook = unsafe extern "C" fn(*mut c_void, Scope, *const peb_sequence, *mut T) -> peb_status;
pub type RotateHook = unsafe extern "C" fn(*mut c_void, Scope, *const peb_site, *mut T, *mut T) -> peb_status;
/// Of bias, value and output.
pub type SiteHook = unsafe extern "C" fn(*mut c_void, Scope, *const peb_site, *mut T) -> peb_status;

#[repr(C)]
pub struct peb_encoder {
    pub struct_size: u32,
    pub flags: u32,
    pub id: *const c_char,
    pub name: *const c_char,
    pub version: *const c_char,
    pub cite: *const c_char,
    pub options: *const peb_option,
    pub n_options: u32,
    pub option_size: u32,
    pub create: Option<Create>,
    pub destroy: Option<unsafe extern "C" fn(*mut c_void)>,
    pub begin: Option<BeginHook>,
    pub input: Option<InputHook>,
    pub rotate: Option<RotateHook>,
    pub bias: Option<SiteHook>,
    pub value: Option<SiteHook>,
    pub output: Option<SiteHook>,
}

#[repr(C)]
pub struct peb_plugin {
    pub struct_size: u32,
    pub abi_minor: u32,
    pub min_minor: u32,
    pub n_encoders: u32,
    pub encoders: *const *const peb_encoder,
    pub extension: Option<unsafe extern "C" fn(*const c_char) -> *const c_void>,
}
