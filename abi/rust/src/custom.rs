use std::ffi::CString;
use std::marker::PhantomData;
use std::mem::size_of;
use std::os::raw::c_void;
use std::slice;

use crate::border::{fail, translate};
use crate::build::{c_string, Build};
use crate::error::{Error, Result};
use crate::raw::*;
use crate::tensor::{self, Tensor};

/// A differentiable operation with a forward and backward of its own, over contiguous views in the CPU's memory (the host
/// copies those of a GPU). Panics and errors end at the border.
pub trait Operation: Send + Sync + 'static {
    /// For messages.
    const NAME: &'static str;

    /// Describes every output.
    fn infer(&self, inputs: &[View], outputs: &mut [Shape]) -> Result<()>;
    /// Writes every output.
    fn forward(&self, inputs: &[View], outputs: &mut [ViewMut]) -> Result<()>;
    /// Writes (does not add to) every gradient that is wanted. A gradient that reaches none of the outputs arrives as
    /// zeros. Runs on a thread of the gradient engine.
    fn backward(
        &self,
        inputs: &[View],
        outputs: &[View],
        output_gradients: &[View],
        input_gradients: &mut [Option<ViewMut>],
    ) -> Result<()>;
}

/// A number type of views.
pub trait Number: Copy + 'static {
    #[doc(hidden)]
    const CODE: u8; // DLDataTypeCode
}
impl Number for f32 {
    const CODE: u8 = 2;
}
impl Number for f64 {
    const CODE: u8 = 2;
}
impl Number for i64 {
    const CODE: u8 = 0;
}

/// A tensor's memory inside an [`Operation`].
#[derive(Clone, Copy)]
#[repr(transparent)]
pub struct View<'a> {
    view: peb_view,
    memory: PhantomData<&'a [u8]>,
}

impl<'a> View<'a> {
    pub fn shape(&self) -> &'a [i64] {
        shape_of(&self.view)
    }
    /// The elements in row-major order, as f32, f64 or i64. An error when the view holds another number type.
    pub fn elements<T: Number>(&self) -> Result<&'a [T]> {
        let (first, count) = memory_of::<T>(&self.view)?;
        // SAFETY: the host's views are contiguous and live during the callback.
        Ok(if count == 0 { &[] } else { unsafe { slice::from_raw_parts(first, count) } })
    }
    /// Whether the view holds numbers of that type.
    pub fn holds<T: Number>(&self) -> bool {
        holds::<T>(&self.view)
    }
}

/// A tensor's memory that an [`Operation`] writes.
#[repr(transparent)]
pub struct ViewMut<'a> {
    view: peb_view,
    memory: PhantomData<&'a mut [u8]>,
}

impl<'a> ViewMut<'a> {
    pub fn shape(&self) -> &'a [i64] {
        shape_of(&self.view)
    }
    /// As [`View::elements`].
    pub fn elements<T: Number>(&mut self) -> Result<&mut [T]> {
        let (first, count) = memory_of::<T>(&self.view)?;
        // SAFETY: as in View; the host writes nothing meanwhile.
        Ok(if count == 0 { &mut [] } else { unsafe { slice::from_raw_parts_mut(first, count) } })
    }
}

/// An output that infer() describes.
#[repr(transparent)]
pub struct Shape(peb_view);

impl Shape {
    /// The shape and number type of a view.
    pub fn like(&mut self, view: &View) {
        self.set(view.shape(), view);
    }
    /// At most 8 sizes, and the number type of a view.
    pub fn set(&mut self, dims: &[i64], type_of: &View) {
        assert!(dims.len() <= 8, "an output of {} dimensions: at most 8", dims.len());
        self.0.ndim = dims.len() as i32;
        self.0.code = type_of.view.code;
        self.0.bits = type_of.view.bits;
        for (i, &size) in dims.iter().enumerate() {
            // SAFETY: the host's buffer holds 8.
            unsafe { *self.0.shape.add(i) = size };
        }
    }
}

fn shape_of<'a>(view: &peb_view) -> &'a [i64] {
    if view.ndim == 0 {
        return &[];
    }
    // SAFETY: the host gives ndim sizes, and only views of a callback that runs reach this.
    unsafe { slice::from_raw_parts(view.shape, view.ndim as usize) }
}

fn holds<T: Number>(view: &peb_view) -> bool {
    view.code == T::CODE && usize::from(view.bits) == 8 * size_of::<T>()
}

fn memory_of<T: Number>(view: &peb_view) -> Result<(*mut T, usize)> {
    if !holds::<T>(view) {
        return Err(Error::Unsupported(format!(
            "this operation does not serve numbers of DLPack code {} with {} bits",
            view.code, view.bits
        )));
    }
    let count = shape_of(view).iter().product::<i64>() as usize;
    // SAFETY: within the tensor's memory by the contract of views.
    Ok((unsafe { view.data.cast::<u8>().add(view.byte_offset as usize) }.cast(), count))
}

/// An [`Operation`] that the host can run. Keep it as a member of the encoder: the host may call backward until the
/// instance is destroyed.
pub struct Custom<O> {
    shared: *mut Shared<O>,
}

/// What the host holds the address of.
struct Shared<O> {
    custom: peb_custom,
    ops: *const peb_ops,
    operation: O,
    _name: CString,
}

// SAFETY: Operation is Send and Sync, and nothing else of Shared changes after new().
unsafe impl<O: Operation> Send for Custom<O> {}
unsafe impl<O: Operation> Sync for Custom<O> {}

impl<O: Operation> Custom<O> {
    pub fn new(build: &Build, operation: O) -> Self {
        let name = c_string(O::NAME);
        let shared = Box::into_raw(Box::new(Shared {
            custom: peb_custom {
                struct_size: size_of::<peb_custom>() as u32,
                flags: 0,
                name: name.as_ptr(),
                user: std::ptr::null_mut(),
                infer: Some(infer::<O>),
                forward: Some(forward::<O>),
                backward: Some(backward::<O>),
            },
            // SAFETY: the host's table lives as long as the process.
            ops: unsafe { (*build.host).ops },
            operation,
            _name: name,
        }));
        // SAFETY: nobody else knows it yet.
        unsafe { (*shared).custom.user = shared.cast() };
        Custom { shared }
    }

    /// Runs the operation inside a hook.
    pub fn run(&self, inputs: &[Tensor], outputs: usize) -> Vec<Tensor> {
        // SAFETY: shared lives as long as this object.
        tensor::custom(unsafe { std::ptr::addr_of!((*self.shared).custom) }, inputs, outputs)
    }

    /// The same for an operation with one output.
    pub fn run_one(&self, inputs: &[Tensor]) -> Tensor {
        self.run(inputs, 1)[0]
    }
}

impl<O> Drop for Custom<O> {
    fn drop(&mut self) {
        // SAFETY: made by Box::into_raw, dropped once, when the host has forgotten the instance.
        drop(unsafe { Box::from_raw(self.shared) });
    }
}

/// Runs body as one callback.
unsafe fn callback<O: Operation>(
    user: *mut c_void,
    scope: *mut peb_scope,
    body: impl FnOnce(&O) -> Result<()>,
) -> peb_status {
    let shared = user.cast::<Shared<O>>();
    translate(|| body(&(*shared).operation), |status, message| fail((*shared).ops, scope, status, message))
}

unsafe fn views<'a>(first: *const peb_view, count: u32) -> &'a [View<'a>] {
    if count == 0 {
        return &[];
    }
    slice::from_raw_parts(first.cast(), count as usize)
}

unsafe extern "C" fn infer<O: Operation>(
    user: *mut c_void,
    scope: *mut peb_scope,
    inputs: *const peb_view,
    n_in: u32,
    outputs: *mut peb_view,
    n_out: u32,
) -> peb_status {
    callback::<O>(user, scope, |operation| {
        operation.infer(views(inputs, n_in), slice::from_raw_parts_mut(outputs.cast(), n_out as usize))
    })
}

unsafe extern "C" fn forward<O: Operation>(
    user: *mut c_void,
    scope: *mut peb_scope,
    inputs: *const peb_view,
    n_in: u32,
    outputs: *mut peb_view,
    n_out: u32,
    _stream: *mut c_void,
) -> peb_status {
    callback::<O>(user, scope, |operation| {
        operation.forward(views(inputs, n_in), slice::from_raw_parts_mut(outputs.cast(), n_out as usize))
    })
}

unsafe extern "C" fn backward<O: Operation>(
    user: *mut c_void,
    scope: *mut peb_scope,
    inputs: *const peb_view,
    n_in: u32,
    outputs: *const peb_view,
    output_gradients: *const peb_view,
    n_out: u32,
    input_gradients: *mut peb_view,
    _stream: *mut c_void,
) -> peb_status {
    callback::<O>(user, scope, |operation| {
        let mut wanted: Vec<Option<ViewMut>> = (0..n_in as usize)
            .map(|i| *input_gradients.add(i))
            .map(|view| (!view.data.is_null()).then_some(ViewMut { view, memory: PhantomData }))
            .collect();
        operation.backward(views(inputs, n_in), views(outputs, n_out), views(output_gradients, n_out), &mut wanted)
    })
}
