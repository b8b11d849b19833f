use std::cell::Cell;
use std::ffi::CString;
use std::ops::{Add, Div, Mul, Neg, Sub};
use std::ptr;

use crate::error::{Error, Result};
use crate::raw::*;

/// The forward pass whose hook runs on this thread. The host passes a scope to every hook, and hooks of different
/// instances run on different threads, so tensors need not carry it.
#[derive(Clone, Copy)]
pub(crate) struct Pass {
    pub ops: *const peb_ops,
    pub scope: *mut peb_scope,
}

thread_local! {
    static CURRENT: Cell<Pass> = const { Cell::new(Pass { ops: ptr::null(), scope: ptr::null_mut() }) };
}

/// Makes a pass the current one until it is dropped.
pub(crate) struct Entered(Pass);

impl Entered {
    pub fn new(pass: Pass) -> Self {
        Entered(CURRENT.with(|current| current.replace(pass)))
    }
}

impl Drop for Entered {
    fn drop(&mut self) {
        CURRENT.with(|current| current.set(self.0));
    }
}

/// The host's table and the current scope. Panics outside a hook.
fn pass() -> (&'static peb_ops, *mut peb_scope) {
    let current = CURRENT.with(Cell::get);
    assert!(!current.ops.is_null(), "a tensor or parameter was used outside a hook");
    // SAFETY: the host's table lives as long as the process.
    (unsafe { &*current.ops }, current.scope)
}

/// Calls one operation of the host in the current pass.
// SAFETY of every use: the host's operations accept any handle; pointers are given with their lengths.
macro_rules! call {
    ($operation:ident $(, $argument:expr)*) => {{
        let (ops, scope) = pass();
        Tensor(unsafe { (ops.$operation)(scope $(, $argument)*) })
    }};
}

/// A number type. `Model` is the model's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub enum Dtype {
    F16 = PEB_F16,
    Bf16 = PEB_BF16,
    F32 = PEB_F32,
    F64 = PEB_F64,
    I64 = PEB_I64,
    Bool = PEB_BOOL,
    Model = PEB_MODEL,
}

/// A tensor of the host: a handle, copied freely, freed by the host when the pass ends. Operations return new tensors;
/// after the first failure of a pass they all return a failed one, and the host reports the first. Axes may be negative
/// and then count from the end. Number types never mix: use [`Tensor::cast`].
///
/// Using one outside a hook panics; one that was kept from an earlier pass fails the pass.
#[derive(Debug, Clone, Copy)]
pub struct Tensor(pub(crate) peb_tensor);

impl Tensor {
    /// What [`Bias`](crate::Bias) and [`Value`](crate::Value) may return to add nothing.
    pub const NONE: Tensor = Tensor(0);

    pub fn is_none(self) -> bool {
        self.0 == 0
    }

    /// Sizes of all dimensions. `Err(Failed)` once the pass has failed.
    pub fn shape(self) -> Result<Vec<i64>> {
        let (ops, scope) = pass();
        let read = |dims: &mut Vec<i64>| unsafe { (ops.shape)(scope, self.0, dims.as_mut_ptr(), dims.len() as u32) };
        let mut dims = vec![0; 8];
        let mut rank = read(&mut dims) as usize;
        if rank > dims.len() {
            dims.resize(rank, 0);
            rank = read(&mut dims) as usize;
        }
        if unsafe { (ops.status)(scope) } != PEB_OK {
            return Err(Error::Failed);
        }
        dims.truncate(rank);
        Ok(dims)
    }

    pub fn dim(self, axis: i32) -> Result<i64> {
        let dims = self.shape()?;
        Ok(dims[place(axis, dims.len())?])
    }

    /// The code of the number type, one of `raw::PEB_F16` and following; 0 for a failed tensor.
    pub fn dtype(self) -> u32 {
        let (ops, scope) = pass();
        unsafe { (ops.dtype)(scope, self.0) }
    }

    pub fn cast(self, dtype: Dtype) -> Tensor {
        call!(cast, self.0, dtype as u32)
    }
    /// The same values, cut off from the gradient.
    pub fn detach(self) -> Tensor {
        call!(detach, self.0)
    }
    /// Zeroes with probability p and scales the rest, while training.
    pub fn dropout(self, p: f64) -> Tensor {
        call!(dropout, self.0, p)
    }
    pub fn clamp(self, low: f64, high: f64) -> Tensor {
        call!(clamp, self.0, low, high)
    }
    /// Drops the handle early, to save memory.
    pub fn release(self) {
        let (ops, scope) = pass();
        unsafe { (ops.release)(scope, self.0) }
    }

    fn unary(self, op: u32) -> Tensor {
        call!(unary, op, self.0)
    }
    pub fn abs(self) -> Tensor {
        self.unary(PEB_ABS)
    }
    pub fn exp(self) -> Tensor {
        self.unary(PEB_EXP)
    }
    pub fn log(self) -> Tensor {
        self.unary(PEB_LOG)
    }
    pub fn sin(self) -> Tensor {
        self.unary(PEB_SIN)
    }
    pub fn cos(self) -> Tensor {
        self.unary(PEB_COS)
    }
    pub fn sqrt(self) -> Tensor {
        self.unary(PEB_SQRT)
    }
    pub fn tanh(self) -> Tensor {
        self.unary(PEB_TANH)
    }
    pub fn sigmoid(self) -> Tensor {
        self.unary(PEB_SIGMOID)
    }
    pub fn relu(self) -> Tensor {
        self.unary(PEB_RELU)
    }
    pub fn softplus(self) -> Tensor {
        self.unary(PEB_SOFTPLUS)
    }
    /// With gradient 0, as ceil and sign.
    pub fn floor(self) -> Tensor {
        self.unary(PEB_FLOOR)
    }
    pub fn ceil(self) -> Tensor {
        self.unary(PEB_CEIL)
    }
    pub fn sign(self) -> Tensor {
        self.unary(PEB_SIGN)
    }

    pub fn pow(self, exponent: impl Operand) -> Tensor {
        exponent.right_of(PEB_POW, self)
    }
    pub fn minimum(self, other: impl Operand) -> Tensor {
        other.right_of(PEB_MIN, self)
    }
    pub fn maximum(self, other: impl Operand) -> Tensor {
        other.right_of(PEB_MAX, self)
    }
    /// Comparisons give BOOL tensors, elementwise.
    pub fn less(self, other: impl Operand) -> Tensor {
        other.right_of(PEB_LT, self)
    }
    pub fn less_or_equal(self, other: impl Operand) -> Tensor {
        other.right_of(PEB_LE, self)
    }
    pub fn greater(self, other: impl Operand) -> Tensor {
        other.left_of(PEB_LT, self)
    }
    pub fn greater_or_equal(self, other: impl Operand) -> Tensor {
        other.left_of(PEB_LE, self)
    }
    pub fn equal(self, other: impl Operand) -> Tensor {
        other.right_of(PEB_EQ, self)
    }

    fn along(self, op: u32, axis: i32) -> Tensor {
        call!(along, op, self.0, axis)
    }
    /// Sum, mean and maximum keep the dimension with size 1.
    pub fn sum(self, axis: i32) -> Tensor {
        self.along(PEB_SUM, axis)
    }
    pub fn mean(self, axis: i32) -> Tensor {
        self.along(PEB_MEAN, axis)
    }
    pub fn amax(self, axis: i32) -> Tensor {
        self.along(PEB_AMAX, axis)
    }
    pub fn cumsum(self, axis: i32) -> Tensor {
        self.along(PEB_CUMSUM, axis)
    }
    pub fn softmax(self, axis: i32) -> Tensor {
        self.along(PEB_SOFTMAX, axis)
    }

    /// One entry of dims may be -1.
    pub fn reshape(self, dims: impl AsRef<[i64]>) -> Tensor {
        let dims = dims.as_ref();
        call!(reshape, self.0, dims.as_ptr(), dims.len() as u32)
    }
    pub fn permute(self, axes: impl AsRef<[i32]>) -> Tensor {
        let axes = axes.as_ref();
        call!(permute, self.0, axes.as_ptr(), axes.len() as u32)
    }
    /// Swaps two dimensions.
    pub fn transpose(self, first: i32, second: i32) -> Result<Tensor> {
        let rank = self.shape()?.len();
        let mut axes: Vec<i32> = (0..rank as i32).collect();
        axes.swap(place(first, rank)?, place(second, rank)?);
        Ok(self.permute(axes))
    }
    /// Inserts a dimension of size 1 that stands at axis afterwards.
    pub fn unsqueeze(self, axis: i32) -> Result<Tensor> {
        let mut dims = self.shape()?;
        dims.insert(place(axis, dims.len() + 1)?, 1);
        Ok(self.reshape(dims))
    }
    /// Broadcasts to dims; -1 keeps a size.
    pub fn expand(self, dims: impl AsRef<[i64]>) -> Tensor {
        let dims = dims.as_ref();
        call!(expand, self.0, dims.as_ptr(), dims.len() as u32)
    }
    /// Elements start, start + 1, ... before stop.
    pub fn slice(self, axis: i32, start: i64, stop: i64) -> Tensor {
        self.slice_by(axis, start, stop, 1)
    }
    /// Elements start, start + step, ... before stop.
    pub fn slice_by(self, axis: i32, start: i64, stop: i64, step: i64) -> Tensor {
        call!(slice, self.0, axis, start, stop, step)
    }
    /// out[..., j, ...] = self[..., index[..., j, ...], ...] along axis; the index broadcasts elsewhere.
    pub fn gather(self, axis: i32, index: Tensor) -> Tensor {
        call!(gather, self.0, axis, index.0)
    }
    /// The transpose of gather: sums self[..., j, ...] into entry index[..., j, ...] of `size` along axis.
    pub fn scatter_add(self, axis: i32, index: Tensor, size: i64) -> Tensor {
        call!(scatter_add, self.0, axis, index.0, size)
    }
}

fn place(axis: i32, rank: usize) -> Result<usize> {
    let place = if axis < 0 { i64::from(axis) + rank as i64 } else { i64::from(axis) };
    if (0..rank as i64).contains(&place) {
        Ok(place as usize)
    } else {
        Err(Error::Invalid(format!("axis {axis} of a tensor with {rank} dimensions")))
    }
}

/// A parameter declared through [`Build`](crate::Build). In a hook it stands wherever a tensor does.
#[derive(Debug, Clone, Copy)]
pub struct Parameter(pub(crate) peb_param);

impl Parameter {
    /// The current value, in the model's type, attached to its gradient.
    pub fn tensor(self) -> Tensor {
        call!(parameter, self.0)
    }
}

impl From<Parameter> for Tensor {
    fn from(parameter: Parameter) -> Tensor {
        parameter.tensor()
    }
}

/// What stands beside a tensor in an operation: a tensor, a parameter or a number.
pub trait Operand {
    /// tensor OP self
    #[doc(hidden)]
    fn right_of(self, op: u32, tensor: Tensor) -> Tensor;
    /// self OP tensor
    #[doc(hidden)]
    fn left_of(self, op: u32, tensor: Tensor) -> Tensor;
}

impl Operand for Tensor {
    fn right_of(self, op: u32, tensor: Tensor) -> Tensor {
        call!(binary, op, tensor.0, self.0)
    }
    fn left_of(self, op: u32, tensor: Tensor) -> Tensor {
        call!(binary, op, self.0, tensor.0)
    }
}

impl Operand for Parameter {
    fn right_of(self, op: u32, tensor: Tensor) -> Tensor {
        self.tensor().right_of(op, tensor)
    }
    fn left_of(self, op: u32, tensor: Tensor) -> Tensor {
        self.tensor().left_of(op, tensor)
    }
}

impl Operand for f64 {
    fn right_of(self, op: u32, tensor: Tensor) -> Tensor {
        call!(scalar, op, tensor.0, self)
    }
    /// The table has `tensor OP value` only.
    fn left_of(self, op: u32, tensor: Tensor) -> Tensor {
        if op == PEB_ADD || op == PEB_MUL {
            return self.right_of(op, tensor);
        }
        let dtype = tensor.dtype();
        call!(full, self, ptr::null(), 0, dtype).left_of(op, tensor)
    }
}

macro_rules! operators {
    ($($operator:ident $method:ident $op:ident),+) => {$(
        impl<T: Operand> $operator<T> for Tensor {
            type Output = Tensor;
            fn $method(self, other: T) -> Tensor {
                other.right_of($op, self)
            }
        }
        impl<T: Operand> $operator<T> for Parameter {
            type Output = Tensor;
            fn $method(self, other: T) -> Tensor {
                other.right_of($op, self.tensor())
            }
        }
        impl $operator<Tensor> for f64 {
            type Output = Tensor;
            fn $method(self, other: Tensor) -> Tensor {
                self.left_of($op, other)
            }
        }
        impl $operator<Parameter> for f64 {
            type Output = Tensor;
            fn $method(self, other: Parameter) -> Tensor {
                self.left_of($op, other.tensor())
            }
        }
    )+};
}
// On I64 division rounds toward minus infinity.
operators!(Add add PEB_ADD, Sub sub PEB_SUB, Mul mul PEB_MUL, Div div PEB_DIV);

impl Neg for Tensor {
    type Output = Tensor;
    fn neg(self) -> Tensor {
        self.unary(PEB_NEG)
    }
}

impl Neg for Parameter {
    type Output = Tensor;
    fn neg(self) -> Tensor {
        -self.tensor()
    }
}

/// Values in row-major order -> dims. An error when their number is not prod(dims).
pub fn constant(values: &[f64], dims: impl AsRef<[i64]>, dtype: Dtype) -> Result<Tensor> {
    let dims = dims.as_ref();
    require_count(dims, values.len(), "constant")?;
    Ok(call!(constant, values.as_ptr(), dims.as_ptr(), dims.len() as u32, dtype as u32))
}

pub(crate) fn require_count(dims: &[i64], values: usize, place: &str) -> Result<()> {
    let count: i64 = dims.iter().product();
    if count == values as i64 {
        Ok(())
    } else {
        Err(Error::Invalid(format!("{place}: {values} values for {count} places")))
    }
}

/// The same value everywhere -> dims; `[]` makes a scalar.
pub fn full(value: f64, dims: impl AsRef<[i64]>, dtype: Dtype) -> Tensor {
    let dims = dims.as_ref();
    call!(full, value, dims.as_ptr(), dims.len() as u32, dtype as u32)
}

/// start + i * step -> [count]
pub fn arange(start: f64, step: f64, count: i64, dtype: Dtype) -> Tensor {
    call!(arange, start, step, count, dtype as u32)
}

/// Normal numbers of the host's stream -> dims, in the model's type.
pub fn normal(mean: f64, deviation: f64, dims: impl AsRef<[i64]>) -> Tensor {
    let dims = dims.as_ref();
    call!(normal, mean, deviation, dims.as_ptr(), dims.len() as u32)
}

/// condition (BOOL) ? a : b, elementwise.
pub fn choose(condition: Tensor, a: impl Into<Tensor>, b: impl Into<Tensor>) -> Tensor {
    let (a, b) = (a.into(), b.into());
    call!(choose, condition.0, a.0, b.0)
}

/// [..., n, k] x [..., k, m] -> [..., n, m]; leading dimensions broadcast.
pub fn matmul(a: impl Into<Tensor>, b: impl Into<Tensor>) -> Tensor {
    let (a, b) = (a.into(), b.into());
    call!(matmul, a.0, b.0)
}

/// Einstein summation with an explicit output: `einsum("bhqd,qkd->bhqk", &[q, table])`.
pub fn einsum(spec: &str, tensors: &[Tensor]) -> Tensor {
    let spec = CString::new(spec).expect("an einsum without NUL");
    let handles = handles(tensors);
    call!(einsum, spec.as_ptr(), handles.as_ptr(), handles.len() as u32)
}

/// table [N, D], index I64 [...] -> [..., D].
pub fn embedding(table: impl Into<Tensor>, index: Tensor) -> Tensor {
    let table = table.into();
    call!(embedding, table.0, index.0)
}

/// Joins along an existing dimension; the others must agree.
pub fn concat(tensors: &[Tensor], axis: i32) -> Tensor {
    let handles = handles(tensors);
    call!(concat, handles.as_ptr(), handles.len() as u32, axis)
}

/// Joins tensors of one shape along a new dimension that stands at axis afterwards.
pub fn stack(tensors: &[Tensor], axis: i32) -> Result<Tensor> {
    let widened = tensors.iter().map(|tensor| tensor.unsqueeze(axis)).collect::<Result<Vec<_>>>()?;
    Ok(concat(&widened, axis))
}

fn handles(tensors: &[Tensor]) -> Vec<peb_tensor> {
    tensors.iter().map(|tensor| tensor.0).collect()
}

/// Runs an operation of the plugin's own in the current pass.
pub(crate) fn custom(operation: *const peb_custom, tensors: &[Tensor], outputs: usize) -> Vec<Tensor> {
    let (ops, scope) = pass();
    let inputs = handles(tensors);
    let mut made = vec![0; outputs];
    unsafe { (ops.custom)(scope, operation, inputs.as_ptr(), inputs.len() as u32, made.as_mut_ptr(), outputs as u32) };
    made.into_iter().map(Tensor).collect()
}
