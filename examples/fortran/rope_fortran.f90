!> Rotary position embedding: Su et al. 2021, "RoFormer: enhanced transformer with rotary position embedding",
!> arXiv:2104.09864, equation 34, with the pairs (i, i + h/2) of the common implementations. One operation of its own,
!> whose forward and backward are loops.
!>
!>   a_i = position * base^(-2i/h)           i < h/2
!>   y_i = x_i cos a_i - x_j sin a_i         j = i + h/2, x = q and k [B, H, L, h]
!>   y_j = x_j cos a_i + x_i sin a_i
!>
!> The gradient of a rotation is the rotation back.
module rope_fortran
  use pebench
  implicit none

  type, extends(operation_t) :: turn_t
    real(real64), allocatable :: frequencies(:)  ! [h/2]
  contains
    procedure :: infer, forward, backward
  end type

  type, extends(encoder_t) :: rope_t
    type(custom_t) :: turn
  contains
    procedure :: create, rotate
  end type

  interface turn
    procedure turn_single, turn_double
  end interface

contains

  subroutine create(self, build, config, values)
    class(rope_t), intent(inout) :: self
    type(build_t), intent(inout) :: build
    type(config_t), intent(in) :: config
    type(values_t), intent(in) :: values
    real(real64) :: base
    integer :: i

    if (mod(config%d_head, 2) /= 0) call build%unsupported("rope turns pairs of columns: the head width must be even")
    base = values%real("base")
    self%turn = build%custom(turn_t([(base**(-2.0_real64 * i / config%d_head), i=0, config%d_head / 2 - 1)]), "turn")
  end subroutine

  subroutine rotate(self, site, q, k)
    class(rope_t), intent(in) :: self
    type(site_t), intent(in) :: site
    type(tensor_t), intent(inout) :: q, k
    type(tensor_t) :: turned(1)

    turned = self%turn%run([q, site%query_position], 1)
    q = turned(1)
    turned = self%turn%run([k, site%key_position], 1)
    k = turned(1)
  end subroutine

  subroutine infer(self, callback, inputs, outputs)
    class(turn_t), intent(in) :: self
    type(callback_t), intent(inout) :: callback
    type(peb_view), intent(in) :: inputs(:)
    type(peb_view), intent(inout) :: outputs(:)

    call describe_like(outputs(1), inputs(1))
  end subroutine

  subroutine forward(self, callback, inputs, outputs)
    class(turn_t), intent(in) :: self
    type(callback_t), intent(inout) :: callback
    type(peb_view), intent(in) :: inputs(:), outputs(:)

    call turn_views(self, callback, inputs(1), inputs(2), outputs(1), 1)
  end subroutine

  subroutine backward(self, callback, inputs, outputs, output_gradients, input_gradients)
    class(turn_t), intent(in) :: self
    type(callback_t), intent(inout) :: callback
    type(peb_view), intent(in) :: inputs(:), outputs(:), output_gradients(:), input_gradients(:)

    if (wanted(input_gradients(1))) &
      call turn_views(self, callback, output_gradients(1), inputs(2), input_gradients(1), -1)
  end subroutine

  !> from and to [B, H, L, h], positions [1 or B, L]
  subroutine turn_views(self, callback, from, positions, to, direction)
    class(turn_t), intent(in) :: self
    type(callback_t), intent(inout) :: callback
    type(peb_view), intent(in) :: from, positions, to
    integer, intent(in) :: direction
    integer(int64), pointer :: slots(:), position(:, :)
    real(real32), pointer :: single_in(:), single_out(:), x(:, :, :, :), y(:, :, :, :)
    real(real64), pointer :: double_in(:), double_out(:), u(:, :, :, :), v(:, :, :, :)
    integer :: n(4), m(2)

    n = view_shape(from)
    m = view_shape(positions)
    call elements(positions, slots)
    position(1:m(2), 1:m(1)) => slots
    if (is_single(from)) then
      call elements(from, single_in)
      call elements(to, single_out)
      x(1:n(4), 1:n(3), 1:n(2), 1:n(1)) => single_in
      y(1:n(4), 1:n(3), 1:n(2), 1:n(1)) => single_out
      call turn(x, y, position, self%frequencies, direction)
    else if (is_double(from)) then
      call elements(from, double_in)
      call elements(to, double_out)
      u(1:n(4), 1:n(3), 1:n(2), 1:n(1)) => double_in
      v(1:n(4), 1:n(3), 1:n(2), 1:n(1)) => double_out
      call turn(u, v, position, self%frequencies, direction)
    else
      call callback%unsupported("rope_fortran turns float32 and float64")
    end if
  end subroutine

  subroutine turn_single(x, y, position, frequencies, direction)
    integer, parameter :: wp = real32
    include "rope_turn.inc"
  end subroutine

  subroutine turn_double(x, y, position, frequencies, direction)
    integer, parameter :: wp = real64
    include "rope_turn.inc"
  end subroutine

end module

function peb_plugin_v1(host) bind(C) result(plugin)
  use rope_fortran
  implicit none
  type(c_ptr), value :: host
  type(c_ptr) :: plugin

  call add_encoder(rope_t(), "rope_fortran", "1.0.0", "arXiv:2104.09864", hooks="rotate", &
                   flags=ior(PEB_IS_SHIFT_INVARIANT, PEB_IS_EXTRAPOLATING), name="Rotary position embedding", &
                   options=[real_option("base", 1d4, 1d0, 1d12, "base of the geometric series of frequencies")])
  plugin = plugin_of(host)
end function
