"""What Ondit can do, measured: how well (quality), how fast (speed), how far (scale)."""
