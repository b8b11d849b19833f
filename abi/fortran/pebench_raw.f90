!> pebench.h, version 1.1, member for member. That header is the documentation.
!>
!> Fortran has no unsigned integers; the codes and sizes of the header fit into signed ones.
module pebench_raw
  use, intrinsic :: iso_c_binding, only: c_char, c_funptr, c_null_funptr, c_null_ptr, c_ptr, int8 => c_int8_t, &
    int16 => c_int16_t, int32 => c_int32_t, int64 => c_int64_t, real32 => c_float, real64 => c_double
  implicit none
  public

  integer(int32), parameter :: PEB_ABI_MINOR = 1

  integer, parameter :: peb_tensor = int64, peb_param = int32, peb_status = int32

  integer(peb_status), parameter :: PEB_OK = 0, PEB_E_INVALID = 1, PEB_E_UNSUPPORTED = 2, &
    PEB_E_INTERNAL = 3
  integer(int32), parameter :: PEB_F16 = 1, PEB_BF16 = 2, PEB_F32 = 3, PEB_F64 = 4, PEB_I64 = 5, &
    PEB_BOOL = 6, PEB_MODEL = 7
  integer(int32), parameter :: PEB_NEG = 1, PEB_ABS = 2, PEB_EXP = 3, PEB_LOG = 4, PEB_SIN = 5, &
    PEB_COS = 6, PEB_SQRT = 7, PEB_TANH = 8, PEB_SIGMOID = 9, PEB_RELU = 10, PEB_SOFTPLUS = 11, &
    PEB_FLOOR = 12, PEB_CEIL = 13, PEB_SIGN = 14
  integer(int32), parameter :: PEB_ADD = 1, PEB_SUB = 2, PEB_MUL = 3, PEB_DIV = 4, PEB_POW = 5, &
    PEB_MIN = 6, PEB_MAX = 7, PEB_LT = 8, PEB_LE = 9, PEB_EQ = 10
  integer(int32), parameter :: PEB_SUM = 1, PEB_MEAN = 2, PEB_AMAX = 3, PEB_CUMSUM = 4, PEB_SOFTMAX = 5
  integer(int32), parameter :: PEB_OPT_INT = 1, PEB_OPT_REAL = 2, PEB_OPT_BOOL = 3, PEB_OPT_ENUM = 4, &
    PEB_OPT_STRING = 5, PEB_OPT_FILE = 6
  integer(int32), parameter :: PEB_INIT_ZERO = 1, PEB_INIT_CONST = 2, PEB_INIT_NORMAL = 3, &
    PEB_INIT_TRUNC_NORMAL = 4, PEB_INIT_UNIFORM = 5, PEB_INIT_XAVIER = 6, PEB_INIT_DATA = 7
  integer(int32), parameter :: PEB_PARAM_FROZEN = 1, PEB_PARAM_NO_DECAY = 2
  integer(int32), parameter :: PEB_SELF = 1, PEB_CROSS = 2
  integer(int32), parameter :: PEB_PROFILE = 1, PEB_CANDIDATES = 2
  integer(int32), parameter :: PEB_CAUSAL = 1, PEB_TRAINING = 2
  integer(int32), parameter :: PEB_NEED_TIME = 1, PEB_NEED_LOGITS = 2, PEB_NEED_PROBS = 4, &
    PEB_NEED_HIDDEN = 8, PEB_IS_SHIFT_INVARIANT = 256, PEB_IS_EXTRAPOLATING = 512, PEB_IS_NULL = 1024, &
    PEB_IS_AFFINE_INPUT = 2048, PEB_IS_CAUSAL = 4096
  integer(int32), parameter :: PEB_CUSTOM_CUDA = 1, PEB_CUSTOM_STRIDED = 2

  type, bind(C) :: peb_view
    type(c_ptr) :: data = c_null_ptr
    integer(int32) :: device_type, device_id, ndim
    integer(int8) :: code, bits
    integer(int16) :: lanes
    type(c_ptr) :: shape, strides
    integer(int64) :: byte_offset
  end type

  type, bind(C) :: peb_custom
    integer(int32) :: struct_size = 48, flags = 0
    type(c_ptr) :: name = c_null_ptr, user = c_null_ptr
    type(c_funptr) :: infer = c_null_funptr, forward = c_null_funptr, backward = c_null_funptr
  end type

  !> Operations are never NULL; the abstract interfaces below say how to call them.
  type, bind(C) :: peb_ops
    integer(int32) :: struct_size, abi_minor
    type(c_funptr) :: status, fail, shape, dtype, release, parameter, constant, full, arange, cast, &
      detach, unary, binary, scalar, along, choose, clamp, matmul, einsum, embedding, gather, &
      scatter_add, reshape, permute, expand, slice, concat, dropout, normal, custom
  end type

  type, bind(C) :: peb_param_desc
    integer(int32) :: struct_size = 56, flags = 0
    type(c_ptr) :: name = c_null_ptr, dims = c_null_ptr, data = c_null_ptr
    real(real64) :: a = 0, b = 0
    integer(int32) :: ndim = 0, init = 0
  end type

  type, bind(C) :: peb_option
    type(c_ptr) :: key = c_null_ptr, help = c_null_ptr, choices = c_null_ptr, text = c_null_ptr
    real(real64) :: def = 0, min = 0, max = 0
    integer(int32) :: kind = 0, flags = 0
  end type

  type, bind(C) :: peb_value
    real(real64) :: num
    type(c_ptr) :: str
  end type

  type, bind(C) :: peb_config
    integer(int32) :: struct_size = 0, n_layers = 0, n_sites = 0, n_heads = 0, d_model = 0, d_head = 0, max_len = 0, &
      n_positions = 0
  end type

  type, bind(C) :: peb_sequence
    integer(int32) :: struct_size = 0, role = 0, flags = 0, reserved = 0
    integer(int64) :: batch = 0, length = 0, width = 0
    integer(peb_tensor) :: position = 0, time = 0, mask = 0
  end type

  type, bind(C) :: peb_site
    integer(int32) :: struct_size = 0, kind = 0, layer = 0, flags = 0
    integer(int64) :: batch = 0, heads = 0, queries = 0, keys = 0, head_width = 0
    real(real64) :: scale = 0
    integer(peb_tensor) :: q = 0, k = 0, v = 0, query_position = 0, key_position = 0, query_time = 0, key_time = 0, &
      visible = 0, logits = 0, probs = 0, query_hidden = 0, key_hidden = 0
  end type

  type, bind(C) :: peb_host
    integer(int32) :: struct_size, abi_minor
    type(c_ptr) :: name, version, ops
    type(c_funptr) :: declare, log, extension
  end type

  type, bind(C) :: peb_encoder
    integer(int32) :: struct_size = 120, flags = 0
    type(c_ptr) :: id = c_null_ptr, name = c_null_ptr, version = c_null_ptr, cite = c_null_ptr, options = c_null_ptr
    integer(int32) :: n_options = 0, option_size = 64
    type(c_funptr) :: create = c_null_funptr, destroy = c_null_funptr, begin = c_null_funptr, input = c_null_funptr, &
      rotate = c_null_funptr, bias = c_null_funptr, value = c_null_funptr, output = c_null_funptr
  end type

  type, bind(C) :: peb_plugin
    integer(int32) :: struct_size = 32, abi_minor = PEB_ABI_MINOR, min_minor = 0, n_encoders = 0
    type(c_ptr) :: encoders = c_null_ptr
    type(c_funptr) :: extension = c_null_funptr
  end type

  abstract interface
    function op_status(scope) bind(C) result(made)
      import :: c_ptr, peb_status
      type(c_ptr), value :: scope
      integer(peb_status) :: made
    end function
    subroutine op_fail(scope, status, message) bind(C)
      import :: c_ptr, int32
      type(c_ptr), value :: scope, message
      integer(int32), value :: status
    end subroutine
    function op_shape(scope, tensor, dims, capacity) bind(C) result(made)
      import :: c_ptr, int32, peb_tensor
      type(c_ptr), value :: scope, dims
      integer(peb_tensor), value :: tensor
      integer(int32), value :: capacity
      integer(int32) :: made
    end function
    function op_dtype(scope, tensor) bind(C) result(made)
      import :: c_ptr, int32, peb_tensor
      type(c_ptr), value :: scope
      integer(peb_tensor), value :: tensor
      integer(int32) :: made
    end function
    subroutine op_release(scope, tensor) bind(C)
      import :: c_ptr, peb_tensor
      type(c_ptr), value :: scope
      integer(peb_tensor), value :: tensor
    end subroutine
    function op_parameter(scope, id) bind(C) result(made)
      import :: c_ptr, int32, peb_tensor
      type(c_ptr), value :: scope
      integer(int32), value :: id
      integer(peb_tensor) :: made
    end function
    function op_constant(scope, values, dims, ndim, dtype) bind(C) result(made)
      import :: c_ptr, int32, peb_tensor
      type(c_ptr), value :: scope, values, dims
      integer(int32), value :: ndim, dtype
      integer(peb_tensor) :: made
    end function
    function op_full(scope, value, dims, ndim, dtype) bind(C) result(made)
      import :: c_ptr, int32, peb_tensor, real64
      type(c_ptr), value :: scope, dims
      real(real64), value :: value
      integer(int32), value :: ndim, dtype
      integer(peb_tensor) :: made
    end function
    function op_arange(scope, start, step, count, dtype) bind(C) result(made)
      import :: c_ptr, int32, int64, peb_tensor, real64
      type(c_ptr), value :: scope
      real(real64), value :: start, step
      integer(int64), value :: count
      integer(int32), value :: dtype
      integer(peb_tensor) :: made
    end function
    function op_cast(scope, tensor, dtype) bind(C) result(made)
      import :: c_ptr, int32, peb_tensor
      type(c_ptr), value :: scope
      integer(peb_tensor), value :: tensor
      integer(int32), value :: dtype
      integer(peb_tensor) :: made
    end function
    function op_detach(scope, tensor) bind(C) result(made)
      import :: c_ptr, peb_tensor
      type(c_ptr), value :: scope
      integer(peb_tensor), value :: tensor
      integer(peb_tensor) :: made
    end function
    function op_unary(scope, op, tensor) bind(C) result(made)
      import :: c_ptr, int32, peb_tensor
      type(c_ptr), value :: scope
      integer(int32), value :: op
      integer(peb_tensor), value :: tensor
      integer(peb_tensor) :: made
    end function
    function op_binary(scope, op, a, b) bind(C) result(made)
      import :: c_ptr, int32, peb_tensor
      type(c_ptr), value :: scope
      integer(int32), value :: op
      integer(peb_tensor), value :: a, b
      integer(peb_tensor) :: made
    end function
    function op_scalar(scope, op, tensor, value) bind(C) result(made)
      import :: c_ptr, int32, peb_tensor, real64
      type(c_ptr), value :: scope
      integer(int32), value :: op
      integer(peb_tensor), value :: tensor
      real(real64), value :: value
      integer(peb_tensor) :: made
    end function
    function op_along(scope, op, tensor, dim) bind(C) result(made)
      import :: c_ptr, int32, peb_tensor
      type(c_ptr), value :: scope
      integer(int32), value :: op, dim
      integer(peb_tensor), value :: tensor
      integer(peb_tensor) :: made
    end function
    function op_choose(scope, condition, a, b) bind(C) result(made)
      import :: c_ptr, peb_tensor
      type(c_ptr), value :: scope
      integer(peb_tensor), value :: condition, a, b
      integer(peb_tensor) :: made
    end function
    function op_clamp(scope, tensor, low, high) bind(C) result(made)
      import :: c_ptr, peb_tensor, real64
      type(c_ptr), value :: scope
      integer(peb_tensor), value :: tensor
      real(real64), value :: low, high
      integer(peb_tensor) :: made
    end function
    function op_matmul(scope, a, b) bind(C) result(made)
      import :: c_ptr, peb_tensor
      type(c_ptr), value :: scope
      integer(peb_tensor), value :: a, b
      integer(peb_tensor) :: made
    end function
    function op_einsum(scope, spec, in, n) bind(C) result(made)
      import :: c_ptr, int32, peb_tensor
      type(c_ptr), value :: scope, spec, in
      integer(int32), value :: n
      integer(peb_tensor) :: made
    end function
    function op_embedding(scope, table, index) bind(C) result(made)
      import :: c_ptr, peb_tensor
      type(c_ptr), value :: scope
      integer(peb_tensor), value :: table, index
      integer(peb_tensor) :: made
    end function
    function op_gather(scope, tensor, dim, index) bind(C) result(made)
      import :: c_ptr, int32, peb_tensor
      type(c_ptr), value :: scope
      integer(peb_tensor), value :: tensor, index
      integer(int32), value :: dim
      integer(peb_tensor) :: made
    end function
    function op_scatter_add(scope, source, dim, index, size) bind(C) result(made)
      import :: c_ptr, int32, int64, peb_tensor
      type(c_ptr), value :: scope
      integer(peb_tensor), value :: source, index
      integer(int32), value :: dim
      integer(int64), value :: size
      integer(peb_tensor) :: made
    end function
    function op_reshape(scope, tensor, dims, ndim) bind(C) result(made)
      import :: c_ptr, int32, peb_tensor
      type(c_ptr), value :: scope, dims
      integer(peb_tensor), value :: tensor
      integer(int32), value :: ndim
      integer(peb_tensor) :: made
    end function
    function op_permute(scope, tensor, axes, naxes) bind(C) result(made)
      import :: c_ptr, int32, peb_tensor
      type(c_ptr), value :: scope, axes
      integer(peb_tensor), value :: tensor
      integer(int32), value :: naxes
      integer(peb_tensor) :: made
    end function
    function op_expand(scope, tensor, dims, ndim) bind(C) result(made)
      import :: c_ptr, int32, peb_tensor
      type(c_ptr), value :: scope, dims
      integer(peb_tensor), value :: tensor
      integer(int32), value :: ndim
      integer(peb_tensor) :: made
    end function
    function op_slice(scope, tensor, dim, start, stop, step) bind(C) result(made)
      import :: c_ptr, int32, int64, peb_tensor
      type(c_ptr), value :: scope
      integer(peb_tensor), value :: tensor
      integer(int32), value :: dim
      integer(int64), value :: start, stop, step
      integer(peb_tensor) :: made
    end function
    function op_concat(scope, in, n, dim) bind(C) result(made)
      import :: c_ptr, int32, peb_tensor
      type(c_ptr), value :: scope, in
      integer(int32), value :: n, dim
      integer(peb_tensor) :: made
    end function
    function op_dropout(scope, tensor, p) bind(C) result(made)
      import :: c_ptr, peb_tensor, real64
      type(c_ptr), value :: scope
      integer(peb_tensor), value :: tensor
      real(real64), value :: p
      integer(peb_tensor) :: made
    end function
    function op_normal(scope, mean, deviation, dims, ndim) bind(C) result(made)
      import :: c_ptr, int32, peb_tensor, real64
      type(c_ptr), value :: scope, dims
      real(real64), value :: mean, deviation
      integer(int32), value :: ndim
      integer(peb_tensor) :: made
    end function
    function op_custom(scope, operation, in, n_in, out, n_out) bind(C) result(made)
      import :: c_ptr, int32, peb_status
      type(c_ptr), value :: scope, operation, in, out
      integer(int32), value :: n_in, n_out
      integer(peb_status) :: made
    end function
    function host_declare(build, description) bind(C) result(made)
      import :: c_ptr, int32
      type(c_ptr), value :: build, description
      integer(int32) :: made
    end function
    subroutine host_log(host, level, message) bind(C)
      import :: c_ptr, int32
      type(c_ptr), value :: host, message
      integer(int32), value :: level
    end subroutine
  end interface
end module
