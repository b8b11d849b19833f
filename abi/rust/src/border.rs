//! Between the C functions that the host calls and the traits of a plugin. Nothing here is for plugin authors.

use std::any::Any;
use std::ffi::CString;
use std::marker::PhantomData;
use std::mem::{size_of, MaybeUninit};
use std::os::raw::{c_char, c_void};
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::ptr;
use std::sync::atomic::{AtomicPtr, Ordering};
use std::sync::Once;

use crate::build::{c_string, Build, Config};
use crate::encoder::*;
use crate::error::{Error, Result};
use crate::options::Values;
use crate::raw::*;
use crate::tensor::{Entered, Pass, Tensor};

/// A struct of the host, cut or filled with zeros to this plugin's size.
///
/// # Safety
/// `given` points to `struct_size` bytes, the first four of which are that size.
unsafe fn known_part<T: Copy>(given: *const T) -> T {
    let given_size = *given.cast::<u32>() as usize;
    let mut local = MaybeUninit::<T>::zeroed();
    ptr::copy_nonoverlapping(given.cast::<u8>(), local.as_mut_ptr().cast::<u8>(), given_size.min(size_of::<T>()));
    local.assume_init()
}

/// Runs body and turns an error or a panic into a status; report hears of it first, except of `Failed`.
pub(crate) fn translate(body: impl FnOnce() -> Result<()>, report: impl FnOnce(peb_status, &str)) -> peb_status {
    let (status, message) = match catch_unwind(AssertUnwindSafe(body)) {
        Ok(Ok(())) => return PEB_OK,
        Ok(Err(Error::Failed)) => return PEB_E_INTERNAL,
        Ok(Err(Error::Invalid(message))) => (PEB_E_INVALID, message),
        Ok(Err(Error::Unsupported(message))) => (PEB_E_UNSUPPORTED, message),
        Ok(Err(Error::Internal(message))) => (PEB_E_INTERNAL, message),
        Err(payload) => (PEB_E_INTERNAL, panic_message(payload)),
    };
    report(status, &message);
    status
}

fn panic_message(payload: Box<dyn Any + Send>) -> String {
    let text = match (payload.downcast_ref::<&str>(), payload.downcast_ref::<String>()) {
        (Some(text), _) => (*text).to_owned(),
        (_, Some(text)) => text.clone(),
        _ => "a value that is no text".to_owned(),
    };
    // Dropping a payload may panic itself.
    std::mem::forget(payload);
    format!("panic: {text}")
}

pub(crate) fn fail(ops: *const peb_ops, scope: *mut peb_scope, status: peb_status, message: &str) {
    let line = c_string(message);
    // SAFETY: the host's table lives as long as the process; the message is copied.
    unsafe { ((*ops).fail)(scope, status, line.as_ptr()) }
}

struct Instance<E> {
    ops: *const peb_ops,
    encoder: E,
}

/// The C functions of one encoder. Its constants of hooks exist only where the trait is implemented; elsewhere the
/// traits of module `absent` answer with None.
pub struct Border<E>(PhantomData<E>);

pub struct Hooks {
    pub begin: Option<BeginHook>,
    pub input: Option<InputHook>,
    pub rotate: Option<RotateHook>,
    pub bias: Option<SiteHook>,
    pub value: Option<SiteHook>,
    pub output: Option<SiteHook>,
}

impl<E: Encoder + Begin> Border<E> {
    pub const BEGIN: Option<BeginHook> = Some(begin::<E>);
}
impl<E: Encoder + Input> Border<E> {
    pub const INPUT: Option<InputHook> = Some(input::<E>);
}
impl<E: Encoder + Rotate> Border<E> {
    pub const ROTATE: Option<RotateHook> = Some(rotate::<E>);
}
impl<E: Encoder + Bias> Border<E> {
    pub const BIAS: Option<SiteHook> = Some(bias::<E>);
}
impl<E: Encoder + Value> Border<E> {
    pub const VALUE: Option<SiteHook> = Some(value::<E>);
}
impl<E: Encoder + Output> Border<E> {
    pub const OUTPUT: Option<SiteHook> = Some(output::<E>);
}

/// An inherent constant whose bounds hold comes before a trait's.
pub mod absent {
    use super::*;

    macro_rules! absent {
        ($($name:ident $constant:ident $hook:ident),+) => {$(
            pub trait $name {
                const $constant: Option<$hook> = None;
            }
            impl<E> $name for Border<E> {}
        )+};
    }
    absent!(NoBegin BEGIN BeginHook, NoInput INPUT InputHook, NoRotate ROTATE RotateHook, NoBias BIAS SiteHook,
        NoValue VALUE SiteHook, NoOutput OUTPUT SiteHook);
}

/// Runs body as one hook; tensors work meanwhile.
unsafe fn hook<E>(self_: *mut c_void, scope: *mut peb_scope, body: impl FnOnce(*mut E) -> Result<()>) -> peb_status {
    let instance = self_.cast::<Instance<E>>();
    let ops = (*instance).ops;
    let returned = {
        let _entered = Entered::new(Pass { ops, scope });
        translate(|| body(ptr::addr_of_mut!((*instance).encoder)), |status, message| fail(ops, scope, status, message))
    };
    match ((*ops).status)(scope) {
        PEB_OK => returned,
        sticky => sticky,
    }
}

unsafe extern "C" fn begin<E: Encoder + Begin>(self_: *mut c_void, scope: *mut peb_scope) -> peb_status {
    hook::<E>(self_, scope, |encoder| (*encoder).begin())
}

unsafe extern "C" fn input<E: Encoder + Input>(
    self_: *mut c_void,
    scope: *mut peb_scope,
    sequence: *const peb_sequence,
    x: *mut peb_tensor,
) -> peb_status {
    hook::<E>(self_, scope, |encoder| {
        *x = (*encoder).input(&sequence_of(sequence), Tensor(*x))?.0;
        Ok(())
    })
}

unsafe extern "C" fn rotate<E: Encoder + Rotate>(
    self_: *mut c_void,
    scope: *mut peb_scope,
    site: *const peb_site,
    q: *mut peb_tensor,
    k: *mut peb_tensor,
) -> peb_status {
    hook::<E>(self_, scope, |encoder| {
        let (turned_q, turned_k) = (*encoder).rotate(&site_of(site), Tensor(*q), Tensor(*k))?;
        *q = turned_q.0;
        *k = turned_k.0;
        Ok(())
    })
}

unsafe extern "C" fn bias<E: Encoder + Bias>(
    self_: *mut c_void,
    scope: *mut peb_scope,
    site: *const peb_site,
    bias: *mut peb_tensor,
) -> peb_status {
    hook::<E>(self_, scope, |encoder| {
        *bias = (*encoder).bias(&site_of(site))?.0;
        Ok(())
    })
}

unsafe extern "C" fn value<E: Encoder + Value>(
    self_: *mut c_void,
    scope: *mut peb_scope,
    site: *const peb_site,
    y: *mut peb_tensor,
) -> peb_status {
    hook::<E>(self_, scope, |encoder| {
        *y = (*encoder).value(&site_of(site))?.0;
        Ok(())
    })
}

unsafe extern "C" fn output<E: Encoder + Output>(
    self_: *mut c_void,
    scope: *mut peb_scope,
    site: *const peb_site,
    y: *mut peb_tensor,
) -> peb_status {
    hook::<E>(self_, scope, |encoder| {
        *y = (*encoder).output(&site_of(site), Tensor(*y))?.0;
        Ok(())
    })
}

unsafe fn sequence_of(given: *const peb_sequence) -> Sequence {
    let s = known_part(given);
    Sequence {
        candidates: s.role == PEB_CANDIDATES,
        causal: s.flags & PEB_CAUSAL != 0,
        training: s.flags & PEB_TRAINING != 0,
        batch: s.batch,
        length: s.length,
        width: s.width,
        position: Tensor(s.position),
        time: Tensor(s.time),
        mask: Tensor(s.mask),
    }
}

unsafe fn site_of(given: *const peb_site) -> Site {
    let s = known_part(given);
    Site {
        cross: s.kind == PEB_CROSS,
        causal: s.flags & PEB_CAUSAL != 0,
        training: s.flags & PEB_TRAINING != 0,
        layer: i64::from(s.layer),
        batch: s.batch,
        heads: s.heads,
        queries: s.queries,
        keys: s.keys,
        head_width: s.head_width,
        scale: s.scale,
        q: Tensor(s.q),
        k: Tensor(s.k),
        v: Tensor(s.v),
        query_position: Tensor(s.query_position),
        key_position: Tensor(s.key_position),
        query_time: Tensor(s.query_time),
        key_time: Tensor(s.key_time),
        visible: Tensor(s.visible),
        logits: Tensor(s.logits),
        probs: Tensor(s.probs),
        query_hidden: Tensor(s.query_hidden),
        key_hidden: Tensor(s.key_hidden),
    }
}

unsafe extern "C" fn create<E: Encoder>(
    host: *const peb_host,
    build: *mut peb_build,
    config: *const peb_config,
    values: *const peb_value,
    self_: *mut *mut c_void,
) -> peb_status {
    let declarations = Build::new(host, build);
    let body = || {
        let given = if E::OPTIONS.is_empty() { &[] } else { std::slice::from_raw_parts(values, E::OPTIONS.len()) };
        let encoder = E::create(&declarations, &config_of(config), &Values::new(E::OPTIONS, given))?;
        *self_ = Box::into_raw(Box::new(Instance { ops: (*host).ops, encoder })).cast();
        Ok(())
    };
    // There is no forward pass to fail yet, so the message goes to the log.
    translate(body, |_, message| declarations.log(crate::Level::Error, &format!("{}: {message}", E::INFO.id)))
}

unsafe fn config_of(given: *const peb_config) -> Config {
    let c = known_part(given);
    Config {
        n_layers: c.n_layers.into(),
        n_sites: c.n_sites.into(),
        n_heads: c.n_heads.into(),
        d_model: c.d_model.into(),
        d_head: c.d_head.into(),
        max_len: c.max_len.into(),
        n_positions: c.n_positions.into(),
    }
}

unsafe extern "C" fn destroy<E: Encoder>(self_: *mut c_void) {
    // Nobody hears of a panic in a destructor, but it must not cross the border.
    let _ = catch_unwind(AssertUnwindSafe(|| drop(Box::from_raw(self_.cast::<Instance<E>>()))));
}

/// The descriptor of an encoder. Descriptors live as long as the process, so nothing of them is ever freed.
pub fn describe<E: Encoder>(hooks: Hooks) -> *const peb_encoder {
    let options: Vec<peb_option> = E::OPTIONS
        .iter()
        .map(|setting| peb_option {
            key: forever(setting.key),
            help: forever(setting.help),
            choices: setting.choices.map_or(ptr::null(), forever),
            text: setting.text.map_or(ptr::null(), forever),
            def: setting.initial,
            min: setting.min,
            max: setting.max,
            kind: setting.kind,
            flags: 0,
        })
        .collect();
    Box::into_raw(Box::new(peb_encoder {
        struct_size: size_of::<peb_encoder>() as u32,
        flags: E::FLAGS,
        id: forever(E::INFO.id),
        name: forever(E::INFO.name),
        version: forever(E::INFO.version),
        cite: forever(E::INFO.cite),
        n_options: options.len() as u32,
        options: Box::leak(options.into_boxed_slice()).as_ptr(),
        option_size: size_of::<peb_option>() as u32,
        create: Some(create::<E>),
        destroy: Some(destroy::<E>),
        begin: hooks.begin,
        input: hooks.input,
        rotate: hooks.rotate,
        bias: hooks.bias,
        value: hooks.value,
        output: hooks.output,
    }))
}

fn forever(text: &str) -> *const c_char {
    CString::new(text).expect("a text of a descriptor without NUL").into_raw()
}

/// What the entry of a library returns, made once.
pub struct Plugin {
    once: Once,
    made: AtomicPtr<peb_plugin>,
}

impl Plugin {
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Self {
        Plugin { once: Once::new(), made: AtomicPtr::new(ptr::null_mut()) }
    }

    /// NULL for a host that offers less than version 1.0: the members tested are the last ones of 1.0, whatever has been
    /// appended since.
    ///
    /// # Safety
    /// `host` is NULL or a host's table.
    pub unsafe fn enter(
        &self,
        host: *const peb_host,
        describe: impl FnOnce() -> Vec<*const peb_encoder>,
    ) -> *const peb_plugin {
        // The sizes of version 1.0.
        const HOST_1_0: u32 = 56;
        const OPS_1_0: u32 = 248;
        if host.is_null() || (*host).struct_size < HOST_1_0 {
            return ptr::null();
        }
        let ops = (*host).ops;
        if ops.is_null() || (*ops).struct_size < OPS_1_0 {
            return ptr::null();
        }
        let make = || {
            self.once.call_once(|| {
                let encoders = Box::leak(describe().into_boxed_slice());
                let asks_for_hidden = encoders.iter().any(|encoder| (**encoder).flags & PEB_NEED_HIDDEN != 0);
                let plugin = peb_plugin {
                    struct_size: size_of::<peb_plugin>() as u32,
                    abi_minor: PEB_ABI_MINOR,
                    min_minor: asks_for_hidden.into(),
                    n_encoders: encoders.len() as u32,
                    encoders: encoders.as_ptr(),
                    extension: None,
                };
                self.made.store(Box::into_raw(Box::new(plugin)), Ordering::Release);
            });
            self.made.load(Ordering::Acquire) as *const peb_plugin
        };
        catch_unwind(AssertUnwindSafe(make)).unwrap_or(ptr::null())
    }
}
