//! Prints what the Rust bindings lay out, in the form of tests/abi/layout.c.
use pebench::raw::*;
use std::mem::{size_of, MaybeUninit};
use std::ptr::addr_of;

macro_rules! layout {
    ($($name:ident: $($member:ident),+;)+) => {$(
        println!("SIZE({}, {});", stringify!($name), size_of::<$name>());
        let uninit = MaybeUninit::<$name>::uninit();
        let base = uninit.as_ptr();
        $(
            // SAFETY: only addresses are taken.
            let offset = unsafe { addr_of!((*base).$member) as usize } - base as usize;
            println!("PLACE({}, {}, {});", stringify!($name), stringify!($member), offset);
        )+
    )+};
}

macro_rules! codes {
    ($($name:ident),+ $(,)?) => {$(println!("CODE({}, {});", stringify!($name), $name);)+};
}

fn main() {
    println!("SIZE(peb_tensor, {});", size_of::<peb_tensor>());
    println!("SIZE(peb_param, {});", size_of::<peb_param>());
    println!("SIZE(peb_status, {});", size_of::<peb_status>());
    layout! {
        peb_view: data, device_type, device_id, ndim, code, bits, lanes, shape, strides, byte_offset;
        peb_custom: struct_size, flags, name, user, infer, forward, backward;
        peb_ops: struct_size, abi_minor, status, fail, shape, dtype, release, parameter, constant, full,
        arange, cast, detach, unary, binary, scalar, along, choose, clamp, matmul, einsum, embedding, gather,
        scatter_add, reshape, permute, expand, slice, concat, dropout, normal, custom;
        peb_param_desc: struct_size, flags, name, dims, data, a, b, ndim, init;
        peb_option: key, help, choices, text, def, min, max, kind, flags;
        peb_value: num, str;
        peb_config: struct_size, n_layers, n_sites, n_heads, d_model, d_head, max_len, n_positions;
        peb_sequence: struct_size, role, flags, reserved, batch, length, width, position, time, mask;
        peb_site: struct_size, kind, layer, flags, batch, heads, queries, keys, head_width, scale, q, k, v,
        query_position, key_position, query_time, key_time, visible, logits, probs, query_hidden, key_hidden;
        peb_host: struct_size, abi_minor, name, version, ops, declare, log, extension;
        peb_encoder: struct_size, flags, id, name, version, cite, options, n_options, option_size, create,
        destroy, begin, input, rotate, bias, value, output;
        peb_plugin: struct_size, abi_minor, min_minor, n_encoders, encoders, extension;
    }
    codes!(
        PEB_OK,
        PEB_E_INVALID,
        PEB_E_UNSUPPORTED,
        PEB_E_INTERNAL,
        PEB_F16,
        PEB_BF16,
        PEB_F32,
        PEB_F64,
        PEB_I64,
        PEB_BOOL,
        PEB_MODEL,
        PEB_NEG,
        PEB_ABS,
        PEB_EXP,
        PEB_LOG,
        PEB_SIN,
        PEB_COS,
        PEB_SQRT,
        PEB_TANH,
        PEB_SIGMOID,
        PEB_RELU,
        PEB_SOFTPLUS,
        PEB_FLOOR,
        PEB_CEIL,
        PEB_SIGN,
        PEB_ADD,
        PEB_SUB,
        PEB_MUL,
        PEB_DIV,
        PEB_POW,
        PEB_MIN,
        PEB_MAX,
        PEB_LT,
        PEB_LE,
        PEB_EQ,
        PEB_SUM,
        PEB_MEAN,
        PEB_AMAX,
        PEB_CUMSUM,
        PEB_SOFTMAX,
        PEB_OPT_INT,
        PEB_OPT_REAL,
        PEB_OPT_BOOL,
        PEB_OPT_ENUM,
        PEB_OPT_STRING,
        PEB_OPT_FILE,
        PEB_INIT_ZERO,
        PEB_INIT_CONST,
        PEB_INIT_NORMAL,
        PEB_INIT_TRUNC_NORMAL,
        PEB_INIT_UNIFORM,
        PEB_INIT_XAVIER,
        PEB_INIT_DATA,
        PEB_PARAM_FROZEN,
        PEB_PARAM_NO_DECAY,
        PEB_SELF,
        PEB_CROSS,
        PEB_PROFILE,
        PEB_CANDIDATES,
        PEB_CAUSAL,
        PEB_TRAINING,
        PEB_NEED_TIME,
        PEB_NEED_LOGITS,
        PEB_NEED_PROBS,
        PEB_NEED_HIDDEN,
        PEB_IS_SHIFT_INVARIANT,
        PEB_IS_EXTRAPOLATING,
        PEB_IS_NULL,
        PEB_IS_AFFINE_INPUT,
        PEB_IS_CAUSAL,
        PEB_CUSTOM_CUDA,
        PEB_CUSTOM_STRIDED
    );
}
