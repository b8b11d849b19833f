!> Operators and functions on tensors and parameters. Numbers are of kind real64 or integer: 0.1d0 * x, position + 1.
!> On I64 division rounds toward minus infinity; comparisons give BOOL tensors; floor, ceiling and sign have gradient 0;
!> sum, mean and amax keep the dimension with size 1.
module pebench_operators
  use, intrinsic :: iso_c_binding, only: c_f_procpointer
  use pebench_raw
  use pebench_tensor
  implicit none
  private

  public :: operator(+), operator(-), operator(*), operator(/), operator(**)
  public :: operator(<), operator(<=), operator(>), operator(>=), operator(==)
  public :: abs, exp, log, sin, cos, sqrt, tanh, sigmoid, relu, softplus, floor, ceiling, sign, min, max
  public :: sum, mean, amax, cumsum, softmax, matmul, merge

  interface operator(+)
    module procedure add_tt, add_tr, add_ti, add_rt, add_it
  end interface
  interface operator(-)
    module procedure sub_tt, sub_tr, sub_ti, sub_rt, sub_it, neg_t
  end interface
  interface operator(*)
    module procedure mul_tt, mul_tr, mul_ti, mul_rt, mul_it
  end interface
  interface operator(/)
    module procedure div_tt, div_tr, div_ti, div_rt, div_it
  end interface
  interface operator(**)
    module procedure pow_tt, pow_tr, pow_ti, pow_rt, pow_it
  end interface
  interface operator(<)
    module procedure lt_tt, lt_tr, lt_ti
  end interface
  interface operator(<=)
    module procedure le_tt, le_tr, le_ti
  end interface
  interface operator(>)
    module procedure gt_tt, gt_tr, gt_ti
  end interface
  interface operator(>=)
    module procedure ge_tt, ge_tr, ge_ti
  end interface
  interface operator(==)
    module procedure eq_tt, eq_tr, eq_ti
  end interface
  interface min
    module procedure min_tt, min_tr, min_ti
  end interface
  interface max
    module procedure max_tt, max_tr, max_ti
  end interface
  interface abs
    module procedure abs_t
  end interface
  interface exp
    module procedure exp_t
  end interface
  interface log
    module procedure log_t
  end interface
  interface sin
    module procedure sin_t
  end interface
  interface cos
    module procedure cos_t
  end interface
  interface sqrt
    module procedure sqrt_t
  end interface
  interface tanh
    module procedure tanh_t
  end interface
  interface sigmoid
    module procedure sigmoid_t
  end interface
  interface relu
    module procedure relu_t
  end interface
  interface softplus
    module procedure softplus_t
  end interface
  interface floor
    module procedure floor_t
  end interface
  interface ceiling
    module procedure ceiling_t
  end interface
  interface sign
    module procedure sign_t
  end interface
  interface sum
    module procedure sum_t
  end interface
  interface mean
    module procedure mean_t
  end interface
  interface amax
    module procedure amax_t
  end interface
  interface cumsum
    module procedure cumsum_t
  end interface
  interface softmax
    module procedure softmax_t
  end interface
  interface matmul
    module procedure matmul_tt
  end interface
  interface merge
    module procedure merge_ttt
  end interface

contains

  !> [..., n, k] x [..., k, m] -> [..., n, m]; leading dimensions broadcast.
  function matmul_tt(a, b) result(made)
    class(tensor_t), intent(in) :: a, b
    type(tensor_t) :: made, x, y
    procedure(op_matmul), pointer :: operation

    x = resolved(a)
    y = resolved(b)
    made%pass = x%pass
    if (.not. associated(x%pass%ops)) return
    call c_f_procpointer(x%pass%ops%matmul, operation)
    made%handle = operation(x%pass%scope, x%handle, y%handle)
  end function

  !> a where the mask (BOOL) holds, b elsewhere.
  function merge_ttt(a, b, mask) result(made)
    class(tensor_t), intent(in) :: a, b, mask
    type(tensor_t) :: made, x, y, condition
    procedure(op_choose), pointer :: operation

    x = resolved(a)
    y = resolved(b)
    condition = resolved(mask)
    made%pass = x%pass
    if (.not. associated(x%pass%ops)) return
    call c_f_procpointer(x%pass%ops%choose, operation)
    made%handle = operation(x%pass%scope, condition%handle, x%handle, y%handle)
  end function

  function neg_t(x) result(made)
    class(tensor_t), intent(in) :: x
    type(tensor_t) :: made

    made = unary(x, PEB_NEG)
  end function

  function abs_t(x) result(made)
    class(tensor_t), intent(in) :: x
    type(tensor_t) :: made

    made = unary(x, PEB_ABS)
  end function

  function exp_t(x) result(made)
    class(tensor_t), intent(in) :: x
    type(tensor_t) :: made

    made = unary(x, PEB_EXP)
  end function

  function log_t(x) result(made)
    class(tensor_t), intent(in) :: x
    type(tensor_t) :: made

    made = unary(x, PEB_LOG)
  end function

  function sin_t(x) result(made)
    class(tensor_t), intent(in) :: x
    type(tensor_t) :: made

    made = unary(x, PEB_SIN)
  end function

  function cos_t(x) result(made)
    class(tensor_t), intent(in) :: x
    type(tensor_t) :: made

    made = unary(x, PEB_COS)
  end function

  function sqrt_t(x) result(made)
    class(tensor_t), intent(in) :: x
    type(tensor_t) :: made

    made = unary(x, PEB_SQRT)
  end function

  function tanh_t(x) result(made)
    class(tensor_t), intent(in) :: x
    type(tensor_t) :: made

    made = unary(x, PEB_TANH)
  end function

  function sigmoid_t(x) result(made)
    class(tensor_t), intent(in) :: x
    type(tensor_t) :: made

    made = unary(x, PEB_SIGMOID)
  end function

  function relu_t(x) result(made)
    class(tensor_t), intent(in) :: x
    type(tensor_t) :: made

    made = unary(x, PEB_RELU)
  end function

  function softplus_t(x) result(made)
    class(tensor_t), intent(in) :: x
    type(tensor_t) :: made

    made = unary(x, PEB_SOFTPLUS)
  end function

  function floor_t(x) result(made)
    class(tensor_t), intent(in) :: x
    type(tensor_t) :: made

    made = unary(x, PEB_FLOOR)
  end function

  function ceiling_t(x) result(made)
    class(tensor_t), intent(in) :: x
    type(tensor_t) :: made

    made = unary(x, PEB_CEIL)
  end function

  function sign_t(x) result(made)
    class(tensor_t), intent(in) :: x
    type(tensor_t) :: made

    made = unary(x, PEB_SIGN)
  end function

  function sum_t(x, axis) result(made)
    class(tensor_t), intent(in) :: x
    integer, intent(in) :: axis
    type(tensor_t) :: made

    made = along(x, PEB_SUM, axis)
  end function

  function mean_t(x, axis) result(made)
    class(tensor_t), intent(in) :: x
    integer, intent(in) :: axis
    type(tensor_t) :: made

    made = along(x, PEB_MEAN, axis)
  end function

  function amax_t(x, axis) result(made)
    class(tensor_t), intent(in) :: x
    integer, intent(in) :: axis
    type(tensor_t) :: made

    made = along(x, PEB_AMAX, axis)
  end function

  function cumsum_t(x, axis) result(made)
    class(tensor_t), intent(in) :: x
    integer, intent(in) :: axis
    type(tensor_t) :: made

    made = along(x, PEB_CUMSUM, axis)
  end function

  function softmax_t(x, axis) result(made)
    class(tensor_t), intent(in) :: x
    integer, intent(in) :: axis
    type(tensor_t) :: made

    made = along(x, PEB_SOFTMAX, axis)
  end function

  function add_tt(a, b) result(made)
    class(tensor_t), intent(in) :: a, b
    type(tensor_t) :: made

    made = binary(a, PEB_ADD, b)
  end function

  function add_tr(a, b) result(made)
    class(tensor_t), intent(in) :: a
    real(real64), intent(in) :: b
    type(tensor_t) :: made

    made = scalar(a, PEB_ADD, b)
  end function

  function add_ti(a, b) result(made)
    class(tensor_t), intent(in) :: a
    integer, intent(in) :: b
    type(tensor_t) :: made

    made = scalar(a, PEB_ADD, real(b, real64))
  end function

  function add_rt(a, b) result(made)
    real(real64), intent(in) :: a
    class(tensor_t), intent(in) :: b
    type(tensor_t) :: made

    made = scalar(b, PEB_ADD, a)
  end function

  function add_it(a, b) result(made)
    integer, intent(in) :: a
    class(tensor_t), intent(in) :: b
    type(tensor_t) :: made

    made = scalar(b, PEB_ADD, real(a, real64))
  end function

  function sub_tt(a, b) result(made)
    class(tensor_t), intent(in) :: a, b
    type(tensor_t) :: made

    made = binary(a, PEB_SUB, b)
  end function

  function sub_tr(a, b) result(made)
    class(tensor_t), intent(in) :: a
    real(real64), intent(in) :: b
    type(tensor_t) :: made

    made = scalar(a, PEB_SUB, b)
  end function

  function sub_ti(a, b) result(made)
    class(tensor_t), intent(in) :: a
    integer, intent(in) :: b
    type(tensor_t) :: made

    made = scalar(a, PEB_SUB, real(b, real64))
  end function

  function sub_rt(a, b) result(made)
    real(real64), intent(in) :: a
    class(tensor_t), intent(in) :: b
    type(tensor_t) :: made

    made = scalar_before(a, PEB_SUB, b)
  end function

  function sub_it(a, b) result(made)
    integer, intent(in) :: a
    class(tensor_t), intent(in) :: b
    type(tensor_t) :: made

    made = scalar_before(real(a, real64), PEB_SUB, b)
  end function

  function mul_tt(a, b) result(made)
    class(tensor_t), intent(in) :: a, b
    type(tensor_t) :: made

    made = binary(a, PEB_MUL, b)
  end function

  function mul_tr(a, b) result(made)
    class(tensor_t), intent(in) :: a
    real(real64), intent(in) :: b
    type(tensor_t) :: made

    made = scalar(a, PEB_MUL, b)
  end function

  function mul_ti(a, b) result(made)
    class(tensor_t), intent(in) :: a
    integer, intent(in) :: b
    type(tensor_t) :: made

    made = scalar(a, PEB_MUL, real(b, real64))
  end function

  function mul_rt(a, b) result(made)
    real(real64), intent(in) :: a
    class(tensor_t), intent(in) :: b
    type(tensor_t) :: made

    made = scalar(b, PEB_MUL, a)
  end function

  function mul_it(a, b) result(made)
    integer, intent(in) :: a
    class(tensor_t), intent(in) :: b
    type(tensor_t) :: made

    made = scalar(b, PEB_MUL, real(a, real64))
  end function

  function div_tt(a, b) result(made)
    class(tensor_t), intent(in) :: a, b
    type(tensor_t) :: made

    made = binary(a, PEB_DIV, b)
  end function

  function div_tr(a, b) result(made)
    class(tensor_t), intent(in) :: a
    real(real64), intent(in) :: b
    type(tensor_t) :: made

    made = scalar(a, PEB_DIV, b)
  end function

  function div_ti(a, b) result(made)
    class(tensor_t), intent(in) :: a
    integer, intent(in) :: b
    type(tensor_t) :: made

    made = scalar(a, PEB_DIV, real(b, real64))
  end function

  function div_rt(a, b) result(made)
    real(real64), intent(in) :: a
    class(tensor_t), intent(in) :: b
    type(tensor_t) :: made

    made = scalar_before(a, PEB_DIV, b)
  end function

  function div_it(a, b) result(made)
    integer, intent(in) :: a
    class(tensor_t), intent(in) :: b
    type(tensor_t) :: made

    made = scalar_before(real(a, real64), PEB_DIV, b)
  end function

  function pow_tt(a, b) result(made)
    class(tensor_t), intent(in) :: a, b
    type(tensor_t) :: made

    made = binary(a, PEB_POW, b)
  end function

  function pow_tr(a, b) result(made)
    class(tensor_t), intent(in) :: a
    real(real64), intent(in) :: b
    type(tensor_t) :: made

    made = scalar(a, PEB_POW, b)
  end function

  function pow_ti(a, b) result(made)
    class(tensor_t), intent(in) :: a
    integer, intent(in) :: b
    type(tensor_t) :: made

    made = scalar(a, PEB_POW, real(b, real64))
  end function

  function pow_rt(a, b) result(made)
    real(real64), intent(in) :: a
    class(tensor_t), intent(in) :: b
    type(tensor_t) :: made

    made = scalar_before(a, PEB_POW, b)
  end function

  function pow_it(a, b) result(made)
    integer, intent(in) :: a
    class(tensor_t), intent(in) :: b
    type(tensor_t) :: made

    made = scalar_before(real(a, real64), PEB_POW, b)
  end function

  function lt_tt(a, b) result(made)
    class(tensor_t), intent(in) :: a, b
    type(tensor_t) :: made

    made = binary(a, PEB_LT, b)
  end function

  function lt_tr(a, b) result(made)
    class(tensor_t), intent(in) :: a
    real(real64), intent(in) :: b
    type(tensor_t) :: made

    made = scalar(a, PEB_LT, b)
  end function

  function lt_ti(a, b) result(made)
    class(tensor_t), intent(in) :: a
    integer, intent(in) :: b
    type(tensor_t) :: made

    made = scalar(a, PEB_LT, real(b, real64))
  end function

  function le_tt(a, b) result(made)
    class(tensor_t), intent(in) :: a, b
    type(tensor_t) :: made

    made = binary(a, PEB_LE, b)
  end function

  function le_tr(a, b) result(made)
    class(tensor_t), intent(in) :: a
    real(real64), intent(in) :: b
    type(tensor_t) :: made

    made = scalar(a, PEB_LE, b)
  end function

  function le_ti(a, b) result(made)
    class(tensor_t), intent(in) :: a
    integer, intent(in) :: b
    type(tensor_t) :: made

    made = scalar(a, PEB_LE, real(b, real64))
  end function

  function gt_tt(a, b) result(made)
    class(tensor_t), intent(in) :: a, b
    type(tensor_t) :: made

    made = binary(b, PEB_LT, a)
  end function

  function gt_tr(a, b) result(made)
    class(tensor_t), intent(in) :: a
    real(real64), intent(in) :: b
    type(tensor_t) :: made

    made = scalar_before(b, PEB_LT, a)
  end function

  function gt_ti(a, b) result(made)
    class(tensor_t), intent(in) :: a
    integer, intent(in) :: b
    type(tensor_t) :: made

    made = scalar_before(real(b, real64), PEB_LT, a)
  end function

  function ge_tt(a, b) result(made)
    class(tensor_t), intent(in) :: a, b
    type(tensor_t) :: made

    made = binary(b, PEB_LE, a)
  end function

  function ge_tr(a, b) result(made)
    class(tensor_t), intent(in) :: a
    real(real64), intent(in) :: b
    type(tensor_t) :: made

    made = scalar_before(b, PEB_LE, a)
  end function

  function ge_ti(a, b) result(made)
    class(tensor_t), intent(in) :: a
    integer, intent(in) :: b
    type(tensor_t) :: made

    made = scalar_before(real(b, real64), PEB_LE, a)
  end function

  function eq_tt(a, b) result(made)
    class(tensor_t), intent(in) :: a, b
    type(tensor_t) :: made

    made = binary(a, PEB_EQ, b)
  end function

  function eq_tr(a, b) result(made)
    class(tensor_t), intent(in) :: a
    real(real64), intent(in) :: b
    type(tensor_t) :: made

    made = scalar(a, PEB_EQ, b)
  end function

  function eq_ti(a, b) result(made)
    class(tensor_t), intent(in) :: a
    integer, intent(in) :: b
    type(tensor_t) :: made

    made = scalar(a, PEB_EQ, real(b, real64))
  end function

  function min_tt(a, b) result(made)
    class(tensor_t), intent(in) :: a, b
    type(tensor_t) :: made

    made = binary(a, PEB_MIN, b)
  end function

  function min_tr(a, b) result(made)
    class(tensor_t), intent(in) :: a
    real(real64), intent(in) :: b
    type(tensor_t) :: made

    made = scalar(a, PEB_MIN, b)
  end function

  function min_ti(a, b) result(made)
    class(tensor_t), intent(in) :: a
    integer, intent(in) :: b
    type(tensor_t) :: made

    made = scalar(a, PEB_MIN, real(b, real64))
  end function

  function max_tt(a, b) result(made)
    class(tensor_t), intent(in) :: a, b
    type(tensor_t) :: made

    made = binary(a, PEB_MAX, b)
  end function

  function max_tr(a, b) result(made)
    class(tensor_t), intent(in) :: a
    real(real64), intent(in) :: b
    type(tensor_t) :: made

    made = scalar(a, PEB_MAX, b)
  end function

  function max_ti(a, b) result(made)
    class(tensor_t), intent(in) :: a
    integer, intent(in) :: b
    type(tensor_t) :: made

    made = scalar(a, PEB_MAX, real(b, real64))
  end function

end module
