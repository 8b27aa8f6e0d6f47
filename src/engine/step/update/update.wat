;; Optimizer updates in one pass: each function reads and writes its tensors once, four elements at a time, where a
;; graph of element-wise nodes goes over them up to ten times. Pointers are byte offsets of f32 tensors; `count` is
;; their number of elements rounded up to a multiple of four. Numbers below the smallest normal one become zero, as
;; they do in the compiled graph: processors are slow with them. What is not a number stays one, as it has to reach
;; the loss. Nothing is called in the loops: it would not be inlined.
(module
  (import "engine" "memory" (memory 1 65536))

  ;; p = p - g rate
  (func (export "sgd")
    (param $count i32) (param $p i32) (param $g i32) (param $rate f32)
    (local $end i32)
    (local.set $end (i32.add (local.get $p) (i32.shl (local.get $count) (i32.const 2))))
    (block $done (loop $next
      (br_if $done (i32.ge_u (local.get $p) (local.get $end)))
      (v128.store (local.get $p) (f32x4.sub (v128.load (local.get $p))
        (f32x4.mul (v128.load (local.get $g)) (f32x4.splat (local.get $rate)))))
      (local.set $p (i32.add (local.get $p) (i32.const 16)))
      (local.set $g (i32.add (local.get $g) (i32.const 16)))
      (br $next))))

  ;; m = m factor + g; p = p - (m lead + g follow) rate: lead and follow are 1 and 0, or with Nesterov factor and 1
  (func (export "momentum")
    (param $count i32) (param $p i32) (param $g i32) (param $m i32)
    (param $factor f32) (param $lead f32) (param $follow f32) (param $rate f32)
    (local $end i32) (local $normal v128) (local $gradient v128) (local $moment v128)
    (local.set $normal (f32x4.splat (f32.const 0x1p-126)))
    (local.set $end (i32.add (local.get $p) (i32.shl (local.get $count) (i32.const 2))))
    (block $done (loop $next
      (br_if $done (i32.ge_u (local.get $p) (local.get $end)))
      (local.set $gradient (v128.load (local.get $g)))
      (local.set $moment (f32x4.add
        (f32x4.mul (v128.load (local.get $m)) (f32x4.splat (local.get $factor))) (local.get $gradient)))
      (local.set $moment (v128.andnot (local.get $moment)
        (f32x4.lt (f32x4.abs (local.get $moment)) (local.get $normal))))
      (v128.store (local.get $m) (local.get $moment))
      (v128.store (local.get $p) (f32x4.sub (v128.load (local.get $p)) (f32x4.mul (f32x4.splat (local.get $rate))
        (f32x4.add (f32x4.mul (local.get $moment) (f32x4.splat (local.get $lead)))
          (f32x4.mul (local.get $gradient) (f32x4.splat (local.get $follow)))))))
      (local.set $p (i32.add (local.get $p) (i32.const 16)))
      (local.set $g (i32.add (local.get $g) (i32.const 16)))
      (local.set $m (i32.add (local.get $m) (i32.const 16)))
      (br $next))))

  ;; v = v decay + g g rest; m = m factor + g rate / sqrt(v + small); p = p - m
  (func (export "rmsprop")
    (param $count i32) (param $p i32) (param $g i32) (param $v i32) (param $m i32)
    (param $decay f32) (param $rest f32) (param $factor f32) (param $small f32) (param $rate f32)
    (local $end i32) (local $normal v128) (local $root v128)
    (local $gradient v128) (local $second v128) (local $moment v128)
    (local.set $normal (f32x4.splat (f32.const 0x1p-126)))
    (local.set $root (f32x4.splat (f32.const 0x1p-63)))
    (local.set $end (i32.add (local.get $p) (i32.shl (local.get $count) (i32.const 2))))
    (block $done (loop $next
      (br_if $done (i32.ge_u (local.get $p) (local.get $end)))
      (local.set $gradient (v128.load (local.get $g)))
      (local.set $second (v128.andnot (local.get $gradient)
        (f32x4.lt (f32x4.abs (local.get $gradient)) (local.get $root))))
      (local.set $second (f32x4.add
        (f32x4.mul (v128.load (local.get $v)) (f32x4.splat (local.get $decay)))
        (f32x4.mul (f32x4.mul (local.get $second) (local.get $second)) (f32x4.splat (local.get $rest)))))
      (local.set $second (v128.andnot (local.get $second)
        (f32x4.lt (f32x4.abs (local.get $second)) (local.get $normal))))
      (v128.store (local.get $v) (local.get $second))
      (local.set $moment (f32x4.add
        (f32x4.mul (v128.load (local.get $m)) (f32x4.splat (local.get $factor)))
        (f32x4.div (f32x4.mul (local.get $gradient) (f32x4.splat (local.get $rate)))
          (f32x4.sqrt (f32x4.add (local.get $second) (f32x4.splat (local.get $small)))))))
      (local.set $moment (v128.andnot (local.get $moment)
        (f32x4.lt (f32x4.abs (local.get $moment)) (local.get $normal))))
      (v128.store (local.get $m) (local.get $moment))
      (v128.store (local.get $p) (f32x4.sub (v128.load (local.get $p)) (local.get $moment)))
      (local.set $p (i32.add (local.get $p) (i32.const 16)))
      (local.set $g (i32.add (local.get $g) (i32.const 16)))
      (local.set $v (i32.add (local.get $v) (i32.const 16)))
      (local.set $m (i32.add (local.get $m) (i32.const 16)))
      (br $next))))

  ;; m = m beta1 + g; v = v beta2 + g g; p = p keep - m / (sqrt(v) + small) rate
  (func (export "adam")
    (param $count i32) (param $p i32) (param $g i32) (param $m i32) (param $v i32)
    (param $beta1 f32) (param $beta2 f32) (param $rate f32) (param $small f32) (param $keep f32)
    (local $end i32) (local $normal v128) (local $root v128)
    (local $gradient v128) (local $first v128) (local $second v128)
    (local.set $normal (f32x4.splat (f32.const 0x1p-126)))
    (local.set $root (f32x4.splat (f32.const 0x1p-63)))
    (local.set $end (i32.add (local.get $p) (i32.shl (local.get $count) (i32.const 2))))
    (block $done (loop $next
      (br_if $done (i32.ge_u (local.get $p) (local.get $end)))
      (local.set $gradient (v128.load (local.get $g)))
      (local.set $first (f32x4.add
        (f32x4.mul (v128.load (local.get $m)) (f32x4.splat (local.get $beta1))) (local.get $gradient)))
      (local.set $first (v128.andnot (local.get $first)
        (f32x4.lt (f32x4.abs (local.get $first)) (local.get $normal))))
      (v128.store (local.get $m) (local.get $first))
      (local.set $second (v128.andnot (local.get $gradient)
        (f32x4.lt (f32x4.abs (local.get $gradient)) (local.get $root))))
      (local.set $second (f32x4.add
        (f32x4.mul (v128.load (local.get $v)) (f32x4.splat (local.get $beta2)))
        (f32x4.mul (local.get $second) (local.get $second))))
      (local.set $second (v128.andnot (local.get $second)
        (f32x4.lt (f32x4.abs (local.get $second)) (local.get $normal))))
      (v128.store (local.get $v) (local.get $second))
      (v128.store (local.get $p) (f32x4.sub
        (f32x4.mul (v128.load (local.get $p)) (f32x4.splat (local.get $keep)))
        (f32x4.mul (f32x4.splat (local.get $rate)) (f32x4.div (local.get $first)
          (f32x4.add (f32x4.sqrt (local.get $second)) (f32x4.splat (local.get $small)))))))
      (local.set $p (i32.add (local.get $p) (i32.const 16)))
      (local.set $g (i32.add (local.get $g) (i32.const 16)))
      (local.set $m (i32.add (local.get $m) (i32.const 16)))
      (local.set $v (i32.add (local.get $v) (i32.const 16)))
      (br $next)))))
